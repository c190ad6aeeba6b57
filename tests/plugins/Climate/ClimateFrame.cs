using System.Buffers.Binary;
using System.Text;
using Jingwei.Sdk;

namespace Climate;

/// <summary>
/// A frame: version (1 byte), seconds since 1970 (4), air temperature (2) and surface temperature (2) in hundredths of a degree, humidity (2) in hundredths of a per
/// cent, door open (1), serial number (ASCII, the rest). Numbers are big-endian. Version 2 gives the time in milliseconds (8 bytes).
/// </summary>
internal static class ClimateFrame
{
    public static string? Decode(in ThingMessage message, DecodedReadings readings)
    {
        var frame = message.Payload;
        DateTimeOffset time;
        switch (frame[0])
        {
            case 1:
                time = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(frame[1..]));
                frame = frame[5..];
                break;
#if NEXT
            case 2:
                time = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(frame[1..]));
                frame = frame[9..];
                break;
#endif
            case var version:
                return $"Frames of version {version} are not known.";
        }

        readings.Add("air", BinaryPrimitives.ReadInt16BigEndian(frame) / 100d, time);
        readings.Add("surface", BinaryPrimitives.ReadInt16BigEndian(frame[2..]) / 100d, time);
        readings.Add("humidity", BinaryPrimitives.ReadUInt16BigEndian(frame[4..]) / 100d, time);
        readings.Add("door_open", frame[6] != 0, time);
        readings.Add("serial", Encoding.ASCII.GetString(frame[7..]), time);
        return null;
    }
}
