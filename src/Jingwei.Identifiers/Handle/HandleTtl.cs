namespace Jingwei.Identifiers.Handle;

/// <summary>How long a value may be kept in caches (RFC 3651, 3.1).</summary>
/// <param name="IsAbsolute">Whether the seconds are a point of time instead of a span.</param>
/// <param name="Seconds">Since it was received, or since 1970-01-01T00:00:00Z.</param>
public readonly record struct HandleTtl(bool IsAbsolute, uint Seconds)
{
    /// <summary>A day: what the Handle.Net library gives a value that says nothing else.</summary>
    public static HandleTtl Day { get; } = new(false, 86_400);

    /// <summary>How long from now; never below zero.</summary>
    public TimeSpan Left(DateTimeOffset now) => TimeSpan.FromSeconds(IsAbsolute ? Math.Max(0, Seconds - now.ToUnixTimeSeconds()) : Seconds);
}
