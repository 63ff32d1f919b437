package dev.latchkey.server;

import dev.latchkey.api.AuditHandler;
import dev.latchkey.api.ContentHandler;
import dev.latchkey.api.EmailHandler;
import dev.latchkey.api.InstanceHandler;
import dev.latchkey.api.InviteHandler;
import dev.latchkey.api.JoinRequestHandler;
import dev.latchkey.api.MailHandler;
import dev.latchkey.api.MeHandler;
import dev.latchkey.api.MediaHandler;
import dev.latchkey.api.PasswordHandler;
import dev.latchkey.api.RegistrationHandler;
import dev.latchkey.api.SecondFactorHandler;
import dev.latchkey.api.SessionHandler;
import dev.latchkey.api.SetupHandler;
import dev.latchkey.api.SignInHandler;
import dev.latchkey.api.TokenHandler;
import dev.latchkey.api.TrashHandler;
import dev.latchkey.api.UploadHandler;
import dev.latchkey.api.UserHandler;
import dev.latchkey.web.DocsHandler;
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
        EmailHandler email,
        InviteHandler invites,
        JoinRequestHandler joinRequests,
        RegistrationHandler registration,
        UserHandler users,
        MailHandler mail,
        AuditHandler audit,
        MediaHandler media,
        UploadHandler uploads,
        ContentHandler content,
        TrashHandler trash,
        DocsHandler docs,
        PageHandler pages) {}
