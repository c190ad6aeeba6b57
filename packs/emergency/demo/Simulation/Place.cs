using System.Globalization;

namespace Jingwei.Demo.Emergency.Simulation;

/// <summary>A region of the province.</summary>
/// <param name="Code">GB/T 2260, six digits.</param>
/// <param name="Lon">Of the seat of its government, WGS-84, to about a kilometre.</param>
/// <param name="Word">A city's name in Latin letters, as it stands in ids; else empty.</param>
/// <param name="Towns">Some of a county's towns.</param>
internal sealed record Place(string Code, string Name, string Kind, string Parent, double Lon, double Lat, string Word, IReadOnlyList<string> Towns);

/// <summary>The province with its cities and counties.</summary>
internal sealed class Places
{
    public const string Province = "330000";

    private readonly Dictionary<string, Place> byCode;

    private Places(IReadOnlyList<Place> all) => (All, byCode) = (all, all.ToDictionary(place => place.Code));

    /// <summary>Parents first.</summary>
    public IReadOnlyList<Place> All { get; }

    public IEnumerable<Place> Cities => All.Where(place => place.Kind == "city");

    public IEnumerable<Place> Counties => All.Where(place => place.Kind == "county");

    public Place this[string code] => byCode[code];

    /// <summary>The city of a county, or the place itself.</summary>
    public Place CityOf(Place place) => place.Kind == "county" ? byCode[place.Parent] : place;

    public static Places Load() => new(
    [
        .. Shipped.Text("regions.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1)
            .Select(line => line.Split(','))
            .Select(cells => new Place(
                cells[0], cells[1], cells[2], cells[3], double.Parse(cells[4], CultureInfo.InvariantCulture), double.Parse(cells[5], CultureInfo.InvariantCulture),
                cells[6], cells[7].Split(';', StringSplitOptions.RemoveEmptyEntries))),
    ]);
}
