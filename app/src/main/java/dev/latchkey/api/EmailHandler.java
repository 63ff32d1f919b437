package dev.latchkey.api;

import dev.latchkey.account.EmailVerification;
import dev.latchkey.http.Links;
import dev.latchkey.http.Requests;
import io.javalin.http.Context;

/** Verifying e-mail addresses. */
public final class EmailHandler {
    record Status(boolean enabled) {}

    record Proof(String token) {
        @Override
        public String toString() {
            return "Proof[…]";
        }
    }

    private final EmailVerification verification;
    private final Links links;

    public EmailHandler(EmailVerification verification, Links links) {
        this.verification = verification;
        this.links = links;
    }

    public void status(Context ctx) {
        ctx.json(new Status(verification.isEnabled()));
    }

    public void send(Context ctx) {
        verification.send(Requests.caller(ctx).actor(), links.site(ctx));
        ctx.json(new Message("We have sent you a mail. Open the link in it within 24 hours."));
    }

    public void verify(Context ctx) {
        Proof proof = Requests.body(ctx, Proof.class);
        verification.verify(Requests.caller(ctx).actor(), proof.token());
        ctx.json(new Message("Your e-mail address is verified."));
    }
}
