namespace Jingwei.Server.Packs.Functions;

/// <summary>How a window over readings moves on.</summary>
public enum WindowKind
{
    /// <summary>The time up to now; moves on in steps of a thirtieth.</summary>
    Sliding,

    /// <summary>The last whole one of equal lengths, one after the other since the epoch, UTC.</summary>
    Tumbling,

    /// <summary>What came one after the other without a longer gap, up to now.</summary>
    Session,
}

/// <summary>A window as expressions write it: '10m', 'tumbling 1h', 'session 30s'.</summary>
/// <param name="Length">Microseconds; of a session the gap that ends it.</param>
public readonly record struct RuleWindow(WindowKind Kind, long Length)
{
    // Shorter than a second nobody reads; longer than 31 days is what indicators are for.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>The window, or what is wrong with it in an author's words.</summary>
    public static (RuleWindow Window, string? Fault) Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        WindowKind? kind = words switch
        {
            [_] => WindowKind.Sliding,
            ["tumbling", _] => WindowKind.Tumbling,
            ["session", _] => WindowKind.Session,
            _ => null,
        };
        if (kind is null || !Duration.TryParse(words[^1], out var length))
        {
            return (default, $"'{text}' is no window: write '10m', 'tumbling 1h' or 'session 30s'");
        }

        return length < Shortest || length > Longest
            ? (default, $"a window lasts from {Duration.Format(Shortest)} to {Duration.Format(Longest)}, not '{text}'")
            : (new RuleWindow(kind.Value, length.Ticks / TimeSpan.TicksPerMicrosecond), null);
    }
}
