using Jingwei.Sdk;

namespace Climate;

/// <summary>What the pack of climate sensors cannot say in YAML: a formula with a logarithm, and a message of bytes.</summary>
public sealed class ClimatePlugin : Plugin
{
    // Magnus formula over water; Sonntag 1990, as WMO-No. 8 has it.
    private const double Factor = 17.62;
    private const double Base = 243.12;

    public override void Register(Registration registration)
    {
        registration.Function<double, double, double>("dew_point", "The dew point in Celsius of air of a temperature in Celsius and a relative humidity in per cent.", DewPoint);
        registration.Function<string, long, bool>("is_series", "Whether a serial number is of a series of devices.", IsSeries);
        registration.Decoder("climate_frame", "Frames of the climate sensors.", ClimateFrame.Decode);
    }

    public static double DewPoint(double temperature, double humidity)
    {
        if (humidity is <= 0 or > 100)
        {
            throw new ArgumentOutOfRangeException(nameof(humidity), "A relative humidity is above 0 and at most 100 per cent.");
        }

        var gamma = Math.Log(humidity / 100) + (Factor * temperature / (Base + temperature));
        return Base * gamma / (Factor - gamma);
    }

    // Serial numbers are the series, a hyphen, a number.
    private static bool IsSeries(string serial, long series) =>
        serial.Split('-') is [var first, _] && first == series.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
