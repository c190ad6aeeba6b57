using System.Net.Sockets;
using Jingwei.Server.Notifications.Sending;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Jingwei.Server.Notifications.Mail;

/// <summary>Hands mail to the mail server (RFC 5321).</summary>
internal sealed class MailSender(DeliveryOptions options, TimeProvider clock)
{
    // RFC 5321 section 4.5.3.2 allows minutes; a server that takes this long is as good as down, and is tried again.
    private const int TimeLimitMilliseconds = 30_000;

    public bool IsOn => options.Smtp is not null;

    /// <summary>What is wrong with an address; null when nothing is.</summary>
    public static string? Fault(string address) =>
        address.Length <= 254 && !address.AsSpan().ContainsAny('\r', '\n') && MailboxAddress.TryParse(address, out var mailbox) && mailbox.Address == address && address.Contains('@', StringComparison.Ordinal)
            ? null
            : "An address has the form name@host.";

    public Task<DeliveryOutcome> SendAsync(Delivery delivery, CancellationToken cancellation) =>
        SendAsync(delivery.Message, MailMessage.Read(delivery.Body), cancellation);

    /// <summary>Hands over a mail once. Its Message-ID is made of <paramref name="message"/>, so that one that arrives twice can be told.</summary>
    public async Task<DeliveryOutcome> SendAsync(string message, MailMessage mail, CancellationToken cancellation)
    {
        if (options.Smtp is not { } server)
        {
            return new("No mail server is set; the operator names one with --smtp.", IsFinal: true);
        }

        using var client = new SmtpClient { Timeout = TimeLimitMilliseconds };
        using var letter = Letter(server, message, mail);
        try
        {
            await client.ConnectAsync(server.Host, server.Port, Security(server), cancellation);
            if (server is { User: { } user, Password: { } password })
            {
                await client.AuthenticateAsync(user, password, cancellation);
            }

            await client.SendAsync(letter, cancellation);
            await client.DisconnectAsync(true, cancellation);
            return DeliveryOutcome.Done;
        }
        catch (SmtpCommandException fault)
        {
            // 5yz: it will not be taken later either (RFC 5321 section 4.2.1).
            return new($"The mail server answers {(int)fault.StatusCode}: {fault.Message}", IsFinal: fault.ErrorCode == SmtpErrorCode.RecipientNotAccepted && (int)fault.StatusCode >= 500);
        }
        catch (Exception fault) when (fault is SocketException or IOException or ProtocolException or System.Security.Authentication.AuthenticationException
            or MailKit.Security.AuthenticationException or SslHandshakeException or NotSupportedException or TimeoutException)
        {
            return new($"The mail server cannot be used: {fault.Message}");
        }
    }

    // A password never goes over the wire in the clear.
    private static SecureSocketOptions Security(SmtpOptions server) =>
        server.Tls ? SecureSocketOptions.SslOnConnect
        : server.User is null ? SecureSocketOptions.StartTlsWhenAvailable
        : SecureSocketOptions.StartTls;

    private MimeMessage Letter(SmtpOptions server, string message, MailMessage mail)
    {
        var from = MailboxAddress.Parse(server.From);
        return new MimeMessage
        {
            From = { from },
            To = { MailboxAddress.Parse(mail.To) },
            Subject = mail.Subject,
            MessageId = $"{message}@{from.Domain}",
            Date = clock.GetUtcNow(),
            Body = new TextPart("plain") { Text = mail.Text },
        };
    }
}
