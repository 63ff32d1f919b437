package dev.latchkey.api;

import dev.latchkey.error.Fields;
import dev.latchkey.http.Links;
import dev.latchkey.http.OAuthParameters;
import dev.latchkey.http.Requests;
import dev.latchkey.session.DeviceCodes;
import dev.latchkey.session.StartedDevice;
import dev.latchkey.session.WaitingDevice;
import io.javalin.http.Context;
import java.time.Instant;

/** Devices that are let in by somebody who is signed in elsewhere (RFC 8628). */
public final class DeviceHandler {
    record Started(
            String deviceCode,
            String userCode,
            String verificationUri,
            String verificationUriComplete,
            long expiresIn,
            long interval) {
        static Started of(StartedDevice device, String page) {
            return new Started(
                    device.deviceCode(),
                    device.userCode(),
                    page,
                    page + "#code=" + device.userCode(), // a fragment is in no log
                    device.life().toSeconds(),
                    device.interval().toSeconds());
        }

        @Override
        public String toString() {
            return "Started[…]";
        }
    }

    record Waiting(String clientName, String ip, String userAgent, Instant requestedAt, Instant expiresAt) {
        static Waiting of(WaitingDevice device) {
            return new Waiting(
                    device.clientName(), device.ip(), device.userAgent(), device.requestedAt(), device.expiresAt());
        }
    }

    record Decision(String userCode) {
        @Override
        public String toString() {
            return "Decision[…]";
        }
    }

    private final DeviceCodes devices;
    private final Links links;

    public DeviceHandler(DeviceCodes devices, Links links) {
        this.devices = devices;
        this.links = links;
    }

    public void start(Context ctx) {
        ctx.header("Pragma", "no-cache");
        String clientName = OAuthParameters.read(ctx).get("client_name").orElse(null);
        StartedDevice device = devices.start(Requests.caller(ctx).actor(), clientName);
        ctx.json(Started.of(device, links.to(ctx, "/device")));
    }

    public void look(Context ctx) {
        ctx.json(Waiting.of(devices.look(ctx.pathParam("user_code"))));
    }

    public void approve(Context ctx) {
        devices.approve(Requests.caller(ctx), userCode(ctx));
        ctx.json(new Message("The device is let in. It goes on by itself."));
    }

    public void deny(Context ctx) {
        devices.deny(Requests.caller(ctx), userCode(ctx));
        ctx.json(new Message("The device is not let in."));
    }

    private static String userCode(Context ctx) {
        String code = Requests.body(ctx, Decision.class).userCode();
        new Fields().required("user_code", code).throwIfAny();
        return code;
    }
}
