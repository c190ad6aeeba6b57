using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using Jingwei.Server.Notifications.Mail;
using Jingwei.Server.Notifications.Sending;

namespace Jingwei.Server.Hosting;

/// <summary>The options of what leaves the platform: the mail server, and where webhooks may go.</summary>
internal sealed class DeliveryOnCommandLine
{
    private const int SmtpPort = 25;
    private const int SmtpsPort = 465;

    private readonly TextSetting smtp;
    private readonly TextSetting from;
    private readonly TextSetting user;
    private readonly TextSetting networks;
    private readonly string? password;
    private readonly DeliveryOptions retries;

    public DeliveryOnCommandLine(Command command, IConfiguration settings)
    {
        smtp = new(command, "--smtp", "Mail server for notifications: smtp://host:25 (with STARTTLS where there is a user) or smtps://host:465. By default no mail is sent.", settings["SMTP"]);
        from = new(command, "--smtp-from", "Address that mail comes from.", settings["SMTP_FROM"]);
        user = new(command, "--smtp-user", "User of the mail server; the password comes from the variable JINGWEI_SMTP_PASSWORD or appsettings.json alone.", settings["SMTP_USER"]);
        networks = new(
            command, "--webhook-networks", "Private networks that webhooks may reach, such as 10.1.0.0/16,127.0.0.1/32; by default none.", settings["WEBHOOK_NETWORKS"]);
        password = settings["SMTP_PASSWORD"];
        retries = new DeliveryOptions();
        var fault = Retries(settings, ref retries);
        command.Validators.Add(result =>
        {
            foreach (var each in Faults(result).Append(fault).OfType<string>())
            {
                result.AddError(each);
            }
        });
    }

    public DeliveryOptions Read(CommandResult result) => retries with
    {
        Smtp = smtp.Of(result) is { } text && TrySmtp(text, out var address)
            ? new SmtpOptions(address.Host, PortOf(address), address.Scheme == "smtps", from.Of(result)!, user.Of(result), password)
            : null,
        Networks = TryNetworks(networks.Of(result), out var allowed) ? allowed : [],
    };

    private IEnumerable<string> Faults(CommandResult result)
    {
        if (smtp.Of(result) is { } text)
        {
            if (!TrySmtp(text, out _))
            {
                yield return $"--smtp takes smtp://host:port or smtps://host:port, without user and password, not \"{text}\".";
            }

            if (from.Of(result) is not { } sender || MailSender.Fault(sender) is not null)
            {
                yield return "--smtp needs --smtp-from, an address such as jingwei@example.org.";
            }

            if (user.Of(result) is null != string.IsNullOrEmpty(password))
            {
                yield return "--smtp-user and JINGWEI_SMTP_PASSWORD go together.";
            }
        }
        else if ((from.Of(result) ?? user.Of(result)) is not null)
        {
            yield return "--smtp-from and --smtp-user are of no use without --smtp.";
        }

        if (!TryNetworks(networks.Of(result), out _))
        {
            yield return "--webhook-networks takes networks such as 10.1.0.0/16,127.0.0.1/32.";
        }
    }

    private static string? Retries(IConfiguration settings, ref DeliveryOptions options)
    {
        var (attempts, pause) = (settings["Delivery:Attempts"], settings["Delivery:FirstPause"]);
        var isRight = int.TryParse(attempts ?? "12", out var most) && most is >= 1 and <= 100;
        isRight &= TimeSpan.TryParse(pause ?? "00:00:05", System.Globalization.CultureInfo.InvariantCulture, out var first) && first > TimeSpan.Zero && first <= options.LongestPause;
        options = isRight ? options with { Attempts = most, FirstPause = first } : options;
        return isRight ? null : "Delivery:Attempts is from 1 to 100, and Delivery:FirstPause a time such as 00:00:05, at most 6 hours.";
    }

    private static bool TrySmtp(string text, out Uri address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address!) && address.Scheme is "smtp" or "smtps" && address.Host.Length > 0 && address.UserInfo.Length == 0;

    private static int PortOf(Uri address) => address.Port > 0 ? address.Port : address.Scheme == "smtps" ? SmtpsPort : SmtpPort;

    private static bool TryNetworks(string? text, out ImmutableArray<IPNetwork> networks)
    {
        var found = ImmutableArray.CreateBuilder<IPNetwork>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IPNetwork.TryParse(part, out var network))
            {
                networks = [];
                return false;
            }

            found.Add(network);
        }

        networks = found.ToImmutable();
        return true;
    }
}
