package dev.latchkey.api;

import dev.latchkey.http.Cursors;
import dev.latchkey.http.ItemList;
import dev.latchkey.http.Requests;
import dev.latchkey.session.CreatedPersonalToken;
import dev.latchkey.session.PersonalToken;
import dev.latchkey.session.PersonalTokenForm;
import dev.latchkey.session.PersonalTokens;
import dev.latchkey.session.Scope;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;

/** Personal access tokens: one's own, and everybody's for admins. */
public final class PersonalTokenHandler {
    record CreatedView(
            long id,
            String name,
            String prefix,
            String token,
            List<String> scopes,
            Instant expiresAt,
            Instant createdAt) {
        static CreatedView of(CreatedPersonalToken created) {
            PersonalToken row = created.row();
            return new CreatedView(
                    row.id(), row.name(), row.prefix(), created.token(), texts(row), row.expiresAt(), row.createdAt());
        }

        @Override
        public String toString() {
            return "CreatedView[" + id + "]";
        }
    }

    record TokenView(
            long id,
            String name,
            String prefix,
            List<String> scopes,
            Instant createdAt,
            Instant expiresAt,
            Instant lastUsedAt,
            String lastUsedIp) {
        static TokenView of(PersonalToken token) {
            return new TokenView(
                    token.id(),
                    token.name(),
                    token.prefix(),
                    texts(token),
                    token.createdAt(),
                    token.expiresAt(),
                    token.lastUsedAt(),
                    token.lastUsedIp());
        }
    }

    record OwnedView(
            long id,
            PersonView owner,
            String name,
            String prefix,
            List<String> scopes,
            Instant createdAt,
            Instant expiresAt,
            Instant lastUsedAt,
            String lastUsedIp) {
        static OwnedView of(PersonalToken token) {
            return new OwnedView(
                    token.id(),
                    PersonView.of(token.owner()),
                    token.name(),
                    token.prefix(),
                    texts(token),
                    token.createdAt(),
                    token.expiresAt(),
                    token.lastUsedAt(),
                    token.lastUsedIp());
        }
    }

    private final PersonalTokens tokens;

    public PersonalTokenHandler(PersonalTokens tokens) {
        this.tokens = tokens;
    }

    private static List<String> texts(PersonalToken token) {
        return token.scopes().stream().sorted().map(Scope::text).toList();
    }

    public void create(Context ctx) {
        PersonalTokenForm form = Requests.body(ctx, PersonalTokenForm.class);
        CreatedPersonalToken created = tokens.create(Requests.caller(ctx), form);
        ctx.header("Cache-Control", "no-store");
        ctx.status(201).json(CreatedView.of(created));
    }

    public void list(Context ctx) {
        int limit = Requests.limit(ctx);
        List<PersonalToken> rows = tokens.list(Requests.caller(ctx).userId(), Cursors.beforeId(ctx), limit + 1);
        ctx.json(ItemList.page(rows, limit, row -> Cursors.write(ctx, row.id()), TokenView::of));
    }

    public void one(Context ctx) {
        ctx.json(TokenView.of(tokens.one(Requests.caller(ctx).userId(), Requests.pathId(ctx, "id"))));
    }

    public void revoke(Context ctx) {
        tokens.revoke(Requests.caller(ctx).actor(), Requests.pathId(ctx, "id"));
        ctx.status(204);
    }

    public void listAll(Context ctx) {
        int limit = Requests.limit(ctx);
        List<PersonalToken> rows = tokens.listAll(Cursors.beforeId(ctx), limit + 1);
        ctx.json(ItemList.page(rows, limit, row -> Cursors.write(ctx, row.id()), OwnedView::of));
    }

    public void revokeAny(Context ctx) {
        tokens.revokeAny(Requests.caller(ctx).actor(), Requests.pathId(ctx, "id"));
        ctx.status(204);
    }
}
