using System.Collections.Immutable;
using System.Net;
using Jingwei.Server.Notifications.Mail;

namespace Jingwei.Server.Notifications.Sending;

/// <summary>How notifications leave the platform.</summary>
public sealed record DeliveryOptions
{
    /// <summary>The mail server; null: no mail is sent.</summary>
    public SmtpOptions? Smtp { get; init; }

    /// <summary>Networks that webhooks may reach although they are private; none by default.</summary>
    public ImmutableArray<IPNetwork> Networks { get; init; } = [];

    /// <summary>How often one delivery is tried before it is dead. With the pauses below twelve tries take about a day, as standardwebhooks.com recommends.</summary>
    public int Attempts { get; init; } = 12;

    /// <summary>Pause after the first failure; three times as long after each further one, up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromHours(6);

    /// <summary>
    /// The pause after so many attempts: half of it fixed and half of it by chance, so that what failed together does not come back together.
    /// </summary>
    public TimeSpan Pause(long attempts, Random random)
    {
        var whole = Math.Min(FirstPause.TotalSeconds * Math.Pow(3, attempts - 1), LongestPause.TotalSeconds);
        return TimeSpan.FromSeconds((whole / 2) + (whole / 2 * random.NextDouble()));
    }
}
