package dev.latchkey.api;

import dev.latchkey.account.Mails;
import dev.latchkey.http.Cursors;
import dev.latchkey.http.ItemList;
import dev.latchkey.http.Requests;
import dev.latchkey.mail.QueuedMail;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;

/** Mails that wait, were sent or were given up, for admins. */
public final class MailHandler {
    record MailView(
            long id,
            String to,
            String subject,
            QueuedMail.State state,
            long attempts,
            Instant nextAttemptAt,
            String lastError,
            Instant createdAt) {
        static MailView of(QueuedMail mail) {
            return new MailView(
                    mail.id(),
                    mail.recipient(),
                    mail.subject(),
                    mail.state(),
                    mail.attempts(),
                    mail.nextAttemptAt(),
                    mail.lastError(),
                    mail.createdAt());
        }

        @Override
        public String toString() {
            return "MailView[" + id + "]";
        }
    }

    private final Mails mails;

    public MailHandler(Mails mails) {
        this.mails = mails;
    }

    public void list(Context ctx) {
        int limit = Requests.limit(ctx);
        QueuedMail.State state =
                Requests.queryChoice(ctx, "state", QueuedMail.State.class).orElse(null);
        List<QueuedMail> rows = mails.list(state, Cursors.beforeId(ctx), limit + 1);
        ctx.json(ItemList.page(rows, limit, row -> Cursors.write(ctx, row.id()), MailView::of));
    }

    public void retry(Context ctx) {
        mails.retry(Requests.caller(ctx).actor(), Requests.pathId(ctx, "id"));
        ctx.status(204);
    }

    public void delete(Context ctx) {
        mails.delete(Requests.caller(ctx).actor(), Requests.pathId(ctx, "id"));
        ctx.status(204);
    }
}
