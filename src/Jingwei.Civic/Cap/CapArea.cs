namespace Jingwei.Civic.Cap;

/// <summary>Where it holds: the union of its outlines and codes (3.2.4).</summary>
public sealed record CapArea
{
    /// <summary>In words. Required.</summary>
    public string AreaDesc { get; init; } = "";

    public IReadOnlyList<CapPolygon> Polygons { get; init; } = [];

    public IReadOnlyList<CapCircle> Circles { get; init; } = [];

    /// <summary>Codes of places, as of administrative divisions.</summary>
    public IReadOnlyList<CapValue> Geocodes { get; init; } = [];

    /// <summary>In feet above mean sea level; with <see cref="Ceiling"/> the lower end of a range.</summary>
    public decimal? Altitude { get; init; }

    /// <summary>In feet above mean sea level.</summary>
    public decimal? Ceiling { get; init; }
}

/// <summary>A closed line: at least four points, the first and the last the same.</summary>
public sealed record CapPolygon(IReadOnlyList<GeoPoint> Points)
{
    /// <summary>As the standard wants it.</summary>
    public bool IsValid => Points.Count >= 4 && Points[0] == Points[^1] && Points.All(point => point.IsValid);
}

/// <summary>Everything within a radius, in kilometres.</summary>
public sealed record CapCircle(GeoPoint Centre, double Radius);
