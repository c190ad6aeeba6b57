using System.Globalization;

namespace Jingwei.Server.Telemetry;

/// <summary>A position in WGS-84 degrees.</summary>
public sealed record Place(double Lat, double Lon)
{
    /// <summary>Reads "longitude latitude", the form in which positions are stored.</summary>
    public static Place Parse(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return new Place(
            double.Parse(text.AsSpan(space + 1), CultureInfo.InvariantCulture),
            double.Parse(text.AsSpan(0, space), CultureInfo.InvariantCulture));
    }
}
