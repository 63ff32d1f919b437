package dev.latchkey.api;

import dev.latchkey.account.Enrolment;
import dev.latchkey.account.SecondFactorSettings;
import dev.latchkey.http.Requests;
import io.javalin.http.Context;
import java.util.List;

/** One's second factor, and that of somebody who lost it. */
public final class SecondFactorHandler {
    record EnrollRequest(String currentPassword) {
        @Override
        public String toString() {
            return "EnrollRequest[…]";
        }
    }

    record ConfirmRequest(String code) {
        @Override
        public String toString() {
            return "ConfirmRequest[…]";
        }
    }

    record ChangeRequest(String currentPassword, String code) {
        @Override
        public String toString() {
            return "ChangeRequest[…]";
        }
    }

    record EnrollResult(String secret, String otpauthUri, String qrSvg) {
        @Override
        public String toString() {
            return "EnrollResult[…]";
        }
    }

    record BackupCodes(List<String> backupCodes) {
        @Override
        public String toString() {
            return "BackupCodes[…]";
        }
    }

    private final SecondFactorSettings settings;

    public SecondFactorHandler(SecondFactorSettings settings) {
        this.settings = settings;
    }

    public void enroll(Context ctx) {
        EnrollRequest request = Requests.body(ctx, EnrollRequest.class);
        Enrolment made = settings.enroll(Requests.caller(ctx).actor(), request.currentPassword());
        secret(ctx, new EnrollResult(made.secret(), made.otpauthUri(), QrCodes.svg(made.otpauthUri())));
    }

    public void confirm(Context ctx) {
        ConfirmRequest request = Requests.body(ctx, ConfirmRequest.class);
        secret(ctx, new BackupCodes(settings.confirm(Requests.caller(ctx).actor(), request.code())));
    }

    public void disable(Context ctx) {
        ChangeRequest request = Requests.body(ctx, ChangeRequest.class);
        settings.disable(Requests.caller(ctx).actor(), request.currentPassword(), request.code());
        ctx.json(new Message("Two-step sign-in is off"));
    }

    public void newBackupCodes(Context ctx) {
        ChangeRequest request = Requests.body(ctx, ChangeRequest.class);
        List<String> codes =
                settings.regenerate(Requests.caller(ctx).actor(), request.currentPassword(), request.code());
        secret(ctx, new BackupCodes(codes));
    }

    public void reset(Context ctx) {
        settings.reset(Requests.caller(ctx).actor(), Requests.pathId(ctx, "id"));
        ctx.status(204);
    }

    private static void secret(Context ctx, Object answer) {
        ctx.header("Cache-Control", "no-store");
        ctx.json(answer);
    }
}
