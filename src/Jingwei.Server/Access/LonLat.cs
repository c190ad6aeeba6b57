using System.Globalization;

namespace Jingwei.Server.Access;

/// <summary>A place on the earth: WGS-84 longitude and latitude in degrees.</summary>
public sealed record LonLat(double Lon, double Lat)
{
    private const double MostLon = 180;
    private const double MostLat = 90;

    /// <summary>True for degrees that there are.</summary>
    public bool IsOnEarth => double.Abs(Lon) <= MostLon && double.Abs(Lat) <= MostLat;

    public static LonLat? Of(double? lon, double? lat) => lon is { } east && lat is { } north ? new(east, north) : null;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static LonLat? Parse(string? text) =>
        text?.Split(' ') is [var lon, var lat] && double.TryParse(lon, CultureInfo.InvariantCulture, out var east) && double.TryParse(lat, CultureInfo.InvariantCulture, out var north)
            ? new(east, north)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Lon:R} {Lat:R}");
}
