using System.Collections.Frozen;

namespace Jingwei.Identifiers.Epcis.Queries;

/// <summary>Units of UN/CEFACT Recommendation 20 that goods and sensors are measured in, to compare values in different ones.</summary>
public static class UnitOfMeasure
{
    private sealed record Unit(string Quantity, double Factor, double Offset = 0);

    // By the definitions of the SI and, for the units of other systems, those of the international yard and pound.
    private static readonly FrozenDictionary<string, Unit> Units = new Dictionary<string, Unit>
    {
        ["KGM"] = new("mass", 1),
        ["GRM"] = new("mass", 1e-3),
        ["MGM"] = new("mass", 1e-6),
        ["TNE"] = new("mass", 1e3),
        ["LBR"] = new("mass", 0.45359237),
        ["ONZ"] = new("mass", 0.028349523125),
        ["MTR"] = new("length", 1),
        ["DMT"] = new("length", 0.1),
        ["CMT"] = new("length", 1e-2),
        ["MMT"] = new("length", 1e-3),
        ["4H"] = new("length", 1e-6),
        ["KMT"] = new("length", 1e3),
        ["INH"] = new("length", 0.0254),
        ["FOT"] = new("length", 0.3048),
        ["YRD"] = new("length", 0.9144),
        ["SMI"] = new("length", 1609.344),
        ["MTK"] = new("area", 1),
        ["CMK"] = new("area", 1e-4),
        ["MMK"] = new("area", 1e-6),
        ["HAR"] = new("area", 1e4),
        ["KMK"] = new("area", 1e6),
        ["MTQ"] = new("volume", 1),
        ["LTR"] = new("volume", 1e-3),
        ["DMQ"] = new("volume", 1e-3),
        ["DLT"] = new("volume", 1e-4),
        ["CLT"] = new("volume", 1e-5),
        ["MLT"] = new("volume", 1e-6),
        ["CMQ"] = new("volume", 1e-6),
        ["HLT"] = new("volume", 0.1),
        ["GLL"] = new("volume", 0.003785411784),
        ["GLI"] = new("volume", 0.00454609),
        ["KEL"] = new("temperature", 1),
        ["CEL"] = new("temperature", 1, 273.15),
        ["FAH"] = new("temperature", 5.0 / 9, 459.67 * 5 / 9),
        ["SEC"] = new("time", 1),
        ["C26"] = new("time", 1e-3),
        ["MIN"] = new("time", 60),
        ["HUR"] = new("time", 3600),
        ["DAY"] = new("time", 86400),
        ["WEE"] = new("time", 604800),
        ["PAL"] = new("pressure", 1),
        ["A97"] = new("pressure", 100),
        ["KPA"] = new("pressure", 1e3),
        ["MPA"] = new("pressure", 1e6),
        ["MBR"] = new("pressure", 100),
        ["BAR"] = new("pressure", 1e5),
        ["ATM"] = new("pressure", 101325),
        ["MTS"] = new("speed", 1),
        ["KMH"] = new("speed", 1 / 3.6),
        ["HM"] = new("speed", 0.44704),
        ["KNT"] = new("speed", 1852.0 / 3600),
        ["JOU"] = new("energy", 1),
        ["KJO"] = new("energy", 1e3),
        ["3B"] = new("energy", 1e6),
        ["WHR"] = new("energy", 3600),
        ["KWH"] = new("energy", 3.6e6),
        ["WTT"] = new("power", 1),
        ["KWT"] = new("power", 1e3),
        ["MAW"] = new("power", 1e6),
        ["HTZ"] = new("frequency", 1),
        ["KHZ"] = new("frequency", 1e3),
        ["MHZ"] = new("frequency", 1e6),
        ["A86"] = new("frequency", 1e9),
        ["VLT"] = new("voltage", 1),
        ["2Z"] = new("voltage", 1e-3),
        ["KVT"] = new("voltage", 1e3),
        ["AMP"] = new("current", 1),
        ["4K"] = new("current", 1e-3),
        ["C62"] = new("count", 1),
        ["EA"] = new("count", 1),
        ["H87"] = new("count", 1),
        ["P1"] = new("count", 0.01),
        ["59"] = new("count", 1e-6),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A value in another unit; null where the units do not measure the same or one is not known. The same code needs no knowledge.</summary>
    public static double? Convert(double value, string? from, string? to)
    {
        if (from == to)
        {
            return value;
        }

        return from is not null && to is not null && Units.TryGetValue(from, out var old) && Units.TryGetValue(to, out var wanted) && old.Quantity == wanted.Quantity
            ? ((value * old.Factor) + old.Offset - wanted.Offset) / wanted.Factor
            : null;
    }
}
