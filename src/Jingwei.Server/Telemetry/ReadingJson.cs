using System.Globalization;

namespace Jingwei.Server.Telemetry;

/// <summary>What only readings have, in a streamed answer.</summary>
internal static class ReadingJson
{
    public static void Position(this JsonStream json, Place place)
    {
        json.Raw("{\"lat\":"u8);
        json.Number(place.Lat);
        json.Raw(",\"lon\":"u8);
        json.Number(place.Lon);
        json.Raw("}"u8);
    }

    public static void Quality(this JsonStream json, Quality quality)
    {
        switch (quality)
        {
            case Telemetry.Quality.Good:
                json.Raw("\"good\""u8);
                break;
            case Telemetry.Quality.Uncertain:
                json.Raw("\"uncertain\""u8);
                break;
            case Telemetry.Quality.Bad:
                json.Raw("\"bad\""u8);
                break;
            default:
                json.Text(((int)quality).ToString(CultureInfo.InvariantCulture));
                break;
        }
    }
}
