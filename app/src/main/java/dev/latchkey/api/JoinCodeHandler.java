package dev.latchkey.api;

import dev.latchkey.http.Cursors;
import dev.latchkey.http.ItemList;
import dev.latchkey.http.Links;
import dev.latchkey.http.Requests;
import dev.latchkey.session.CreatedJoinCode;
import dev.latchkey.session.JoinCode;
import dev.latchkey.session.JoinCodeExchange;
import dev.latchkey.session.JoinCodeForm;
import dev.latchkey.session.JoinCodes;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;

/** Join codes: managers make them, and guests come in with them. */
public final class JoinCodeHandler {
    private static final int MAX_PROVIDER_NAME = 100;

    record CreatedView(long id, String code, String url, String qrSvg, Instant expiresAt, UserView user) {
        @Override
        public String toString() {
            return "CreatedView[" + id + "]";
        }
    }

    record CodeView(
            long id,
            PersonView user,
            JoinCode.State state,
            long maxUses,
            long uses,
            String deviceName,
            String providerName,
            PersonView createdBy,
            Instant createdAt,
            Instant expiresAt) {
        static CodeView of(JoinCode code) {
            return new CodeView(
                    code.id(),
                    PersonView.of(code.guest()),
                    code.state(),
                    code.maxUses(),
                    code.uses(),
                    code.deviceName(),
                    code.providerName(),
                    PersonView.of(code.createdBy()),
                    code.createdAt(),
                    code.expiresAt());
        }
    }

    record ExchangeRequest(String code, Boolean cookie) {
        @Override
        public String toString() {
            return "ExchangeRequest[…]";
        }
    }

    record Revoked(int revoked) {}

    private final JoinCodes codes;
    private final JoinCodeExchange exchange;
    private final SignInResponder responder;
    private final Links links;

    public JoinCodeHandler(JoinCodes codes, JoinCodeExchange exchange, SignInResponder responder, Links links) {
        this.codes = codes;
        this.exchange = exchange;
        this.responder = responder;
        this.links = links;
    }

    public void create(Context ctx) {
        JoinCodeForm form = Requests.body(ctx, JoinCodeForm.class);
        CreatedJoinCode made = codes.create(Requests.caller(ctx).actor(), form, links.site(ctx));
        ctx.header("Cache-Control", "no-store");
        ctx.json(new CreatedView(
                made.id(),
                made.code(),
                made.url(),
                QrCodes.svg(made.url()),
                made.expiresAt(),
                UserView.forManager(made.guest())));
    }

    public void exchange(Context ctx) {
        ExchangeRequest request = Requests.body(ctx, ExchangeRequest.class);
        if (Boolean.TRUE.equals(request.cookie())) {
            responder.joined(ctx, exchange.forSession(Requests.caller(ctx).actor(), request.code()));
        } else {
            responder.joined(ctx, exchange.forTokens(Requests.caller(ctx).actor(), request.code()));
        }
    }

    public void list(Context ctx) {
        int limit = Requests.limit(ctx);
        Long userId = Requests.queryId(ctx, "user_id").orElse(null);
        List<JoinCode> rows = codes.list(userId, Cursors.beforeId(ctx), limit + 1);
        ctx.json(ItemList.page(rows, limit, row -> Cursors.write(ctx, row.id()), CodeView::of));
    }

    public void revoke(Context ctx) {
        codes.revoke(Requests.caller(ctx).actor(), Requests.pathId(ctx, "id"));
        ctx.status(204);
    }

    public void revokeAll(Context ctx) {
        Long userId = Requests.queryId(ctx, "user_id").orElse(null);
        String provider =
                Requests.querySearch(ctx, "provider_name", MAX_PROVIDER_NAME).orElse(null);
        ctx.json(new Revoked(codes.revokeAll(Requests.caller(ctx).actor(), userId, provider)));
    }
}
