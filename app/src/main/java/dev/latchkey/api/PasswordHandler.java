package dev.latchkey.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.account.PasswordPolicy;
import dev.latchkey.account.PasswordResets;
import dev.latchkey.account.ResetForm;
import dev.latchkey.account.ResetLinks;
import dev.latchkey.error.Fields;
import dev.latchkey.http.Links;
import dev.latchkey.http.Requests;
import dev.latchkey.session.PasswordChanges;
import io.javalin.http.Context;
import java.util.List;

/** Choosing another password: knowing the old one, by a link, or with an admin's help. */
public final class PasswordHandler {
    record Change(String currentPassword, String newPassword) {
        @Override
        public String toString() {
            return "Change[…]";
        }
    }

    record Forgotten(String email) {
        @Override
        public String toString() {
            return "Forgotten[…]";
        }
    }

    record Link(String token) {
        @Override
        public String toString() {
            return "Link[…]";
        }
    }

    record Worth(
            boolean valid,
            @JsonInclude(JsonInclude.Include.NON_NULL) String email) {}

    record Candidate(String password, String username) {
        @Override
        public String toString() {
            return "Candidate[…]";
        }
    }

    record Verdict(boolean acceptable, List<String> reasons) {}

    record Issued(String resetToken, String resetUrl, boolean emailSent) {
        @Override
        public String toString() {
            return "Issued[…]";
        }
    }

    private final PasswordChanges changes;
    private final ResetLinks resetLinks;
    private final PasswordResets resets;
    private final PasswordPolicy policy;
    private final Links links;

    public PasswordHandler(
            PasswordChanges changes, ResetLinks resetLinks, PasswordResets resets, PasswordPolicy policy, Links links) {
        this.changes = changes;
        this.resetLinks = resetLinks;
        this.resets = resets;
        this.policy = policy;
        this.links = links;
    }

    public void change(Context ctx) {
        Change change = Requests.body(ctx, Change.class);
        changes.change(Requests.caller(ctx), change.currentPassword(), change.newPassword());
        ctx.json(new Message("Your password has been changed, and you are signed out everywhere else."));
    }

    public void forgot(Context ctx) {
        Forgotten forgotten = Requests.body(ctx, Forgotten.class);
        resetLinks.request(Requests.caller(ctx).actor(), forgotten.email(), links.site(ctx));
        ctx.json(new Message("If somebody has an account here with this address, a mail is on its way to them."));
    }

    public void look(Context ctx) {
        PasswordResets.Worth worth = resets.look(Requests.body(ctx, Link.class).token());
        ctx.json(new Worth(worth.valid(), worth.email()));
    }

    public void reset(Context ctx) {
        resets.reset(Requests.caller(ctx).actor(), Requests.body(ctx, ResetForm.class));
        ctx.json(new Message("Your password has been set. Sign in with it."));
    }

    public void check(Context ctx) {
        Candidate candidate = Requests.body(ctx, Candidate.class);
        new Fields().required("password", candidate.password()).throwIfAny();
        List<String> reasons = policy.judge(candidate.password(), candidate.username(), null);
        ctx.json(new Verdict(reasons.isEmpty(), reasons));
    }

    public void issueLink(Context ctx) {
        ResetLinks.Issued issued =
                resetLinks.issue(Requests.caller(ctx).actor(), Requests.pathId(ctx, "id"), links.site(ctx));
        ctx.header("Cache-Control", "no-store");
        ctx.json(new Issued(issued.token(), issued.url(), issued.emailSent()));
    }
}
