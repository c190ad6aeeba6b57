namespace Jingwei.Server.Notifications;

/// <summary>Limits of notifications, and what happens beyond each.</summary>
public static class NotificationLimits
{
    /// <summary>Notifications kept for one user; beyond it his oldest go. A year of thirty a day.</summary>
    public const int PerUser = 10_000;

    /// <summary>Deliveries that wait for one webhook or one user's mail; further ones are dead at once and can be sent again by a person. A day of one a second.</summary>
    public const int Waiting = 100_000;

    /// <summary>Dead deliveries kept for one target; beyond it the oldest go, and are counted as dropped.</summary>
    public const int Dead = 10_000;

    /// <summary>Events taken from the store in one transaction; alarms come in bursts, and a transaction holds up every other writer.</summary>
    public const int Batch = 100;

    /// <summary>Characters of a subject: a line on a phone's lock screen, twice. The rest is cut.</summary>
    public const int Subject = 200;

    /// <summary>Characters of a body: two pages. The rest is cut.</summary>
    public const int Body = 4000;

    /// <summary>Webhooks of the installation; further ones are refused.</summary>
    public const int Webhooks = 1_000;

    /// <summary>Rotas of the installation; further ones are refused.</summary>
    public const int Rotas = 1_000;

    /// <summary>Subscriptions of one user; further ones are refused.</summary>
    public const int Subscriptions = 50;

    /// <summary>How long what was said is kept; as long as people look back at a quarter, and another to be sure.</summary>
    public static TimeSpan Age { get; } = TimeSpan.FromDays(180);

    /// <summary>How long deliveries that arrived are kept, to see that they did.</summary>
    public static TimeSpan DeliveredAge { get; } = TimeSpan.FromDays(30);
}
