package dev.latchkey.server;

import dev.latchkey.api.AuditHandler;
import dev.latchkey.api.ContentHandler;
import dev.latchkey.api.DeletionRequestHandler;
import dev.latchkey.api.DeviceHandler;
import dev.latchkey.api.EmailHandler;
import dev.latchkey.api.EventHandler;
import dev.latchkey.api.FacetHandler;
import dev.latchkey.api.InstallHandler;
import dev.latchkey.api.InstanceHandler;
import dev.latchkey.api.InviteHandler;
import dev.latchkey.api.JoinCodeHandler;
import dev.latchkey.api.JoinRequestHandler;
import dev.latchkey.api.MailHandler;
import dev.latchkey.api.MeHandler;
import dev.latchkey.api.MediaHandler;
import dev.latchkey.api.PasswordHandler;
import dev.latchkey.api.PersonalTokenHandler;
import dev.latchkey.api.RegistrationHandler;
import dev.latchkey.api.ResumableUploadHandler;
import dev.latchkey.api.RunningJar;
import dev.latchkey.api.SecondFactorHandler;
import dev.latchkey.api.SessionHandler;
import dev.latchkey.api.SetupHandler;
import dev.latchkey.api.SignInHandler;
import dev.latchkey.api.SignInResponder;
import dev.latchkey.api.SystemHandler;
import dev.latchkey.api.TokenHandler;
import dev.latchkey.api.TrashHandler;
import dev.latchkey.api.UploadHandler;
import dev.latchkey.api.UserHandler;
import dev.latchkey.config.Config;
import dev.latchkey.db.Readiness;
import dev.latchkey.http.Links;
import dev.latchkey.http.Throttles;
import dev.latchkey.session.SignIn;
import dev.latchkey.web.DocsHandler;
import dev.latchkey.web.ManifestHandler;
import dev.latchkey.web.PageHandler;

/** One handler for each group of routes. */
record Handlers(
        InstanceHandler instance,
        SetupHandler setup,
        SignInHandler signIn,
        MeHandler me,
        SecondFactorHandler secondFactor,
        SessionHandler sessions,
        PasswordHandler passwords,
        TokenHandler tokens,
        DeviceHandler devices,
        PersonalTokenHandler personalTokens,
        EmailHandler email,
        InviteHandler invites,
        JoinRequestHandler joinRequests,
        JoinCodeHandler joinCodes,
        RegistrationHandler registration,
        UserHandler users,
        MailHandler mail,
        AuditHandler audit,
        MediaHandler media,
        UploadHandler uploads,
        ResumableUploadHandler resumableUploads,
        ContentHandler content,
        FacetHandler facets,
        DeletionRequestHandler deletionRequests,
        TrashHandler trash,
        EventHandler events,
        SystemHandler system,
        InstallHandler install,
        DocsHandler docs,
        ManifestHandler manifest,
        PageHandler pages) {

    static Handlers of(
            Ground on,
            AccountParts accounts,
            JoiningParts joining,
            SessionParts sessions,
            LibraryParts library,
            Throttles throttles,
            RunningJar jar,
            PageHandler pages) {
        Config config = on.config();
        SignIn signIn = sessions.signIn;
        Links links = new Links(config.network().publicUrl());
        SignInResponder responder = new SignInResponder(config.sessions().max());
        Readiness readiness = new Readiness(on.database(), on.folder());
        return new Handlers(
                new InstanceHandler(
                        config, Server.version(), accounts.instance, readiness, sessions.credentials::cookie),
                new SetupHandler(signIn, responder, links),
                new SignInHandler(signIn, sessions.credentials, responder),
                new MeHandler(accounts.profiles, links),
                new SecondFactorHandler(accounts.secondFactorSettings),
                new SessionHandler(sessions.sessions),
                new PasswordHandler(
                        sessions.passwordChanges, accounts.resetLinks, accounts.resets, accounts.policy, links),
                new TokenHandler(sessions.tokenGrants, sessions.devices, sessions.credentials, throttles),
                new DeviceHandler(sessions.devices, links),
                new PersonalTokenHandler(sessions.personalTokens),
                new EmailHandler(accounts.verification, links),
                new InviteHandler(joining.invites, links),
                new JoinRequestHandler(joining.joinRequests, links),
                new JoinCodeHandler(sessions.joinCodes, sessions.joinCodeExchange, responder, links),
                new RegistrationHandler(signIn, responder, links),
                new UserHandler(accounts.users, accounts.newcomers, accounts.userAccess, links),
                new MailHandler(accounts.mails),
                new AuditHandler(on.audit()),
                new MediaHandler(library.library, library.timeline),
                new UploadHandler(library.uploads),
                new ResumableUploadHandler(library.resumableUploads),
                new ContentHandler(library.library, library.thumbnails),
                new FacetHandler(library.facets),
                new DeletionRequestHandler(library.deletionRequests),
                new TrashHandler(library.trash),
                new EventHandler(on.streams()),
                new SystemHandler(
                        Server.version(),
                        on.clock().instant(),
                        config.storage().reserveBytes(),
                        on.folder(),
                        library.blobs,
                        library.figures),
                new InstallHandler(jar, links),
                new DocsHandler(),
                new ManifestHandler(config.instanceName()),
                pages);
    }
}
