namespace Jingwei.Civic.Open311;

/// <summary>What a client may send. Beyond a limit the whole of it is refused with an error that names the limit.</summary>
public sealed record Open311Limits
{
    public static Open311Limits Default { get; } = new();

    /// <summary>Longest body in bytes. Default 20 MiB: some photographs of a telephone.</summary>
    public int Bytes { get; init; } = 20 << 20;

    /// <summary>Most fields of a form. Default 500.</summary>
    public int Fields { get; init; } = 500;

    /// <summary>Most files. Default 10.</summary>
    public int Files { get; init; } = 10;

    /// <summary>Longest description in characters: 4,000, by GeoReport v2.</summary>
    public int Description { get; init; } = 4_000;

    /// <summary>Longest other value in characters. Default 2,000, about what servers take of a URL.</summary>
    public int Value { get; init; } = 2_000;

    /// <summary>Longest span of a query: 90 days, by GeoReport v2.</summary>
    public TimeSpan QuerySpan { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Most requests of an answer: 1,000, by GeoReport v2.</summary>
    public int PageSize { get; init; } = 1_000;
}
