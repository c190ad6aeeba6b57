using Jingwei.Text.Fields;

namespace Jingwei.Text.Likeness;

/// <summary>Profiles as bytes: a version, then fields and lists; keys ascend, so that their differences are short.</summary>
internal static class ProfileBytes
{
    private const byte Version = 2;
    private const int MostRegions = 64;

    internal static byte[] Write(ReportProfile profile)
    {
        using var stream = new MemoryStream(1024);
        using var writer = new BinaryWriter(stream);
        writer.Write(Version);
        writer.Write7BitEncodedInt(profile.Day);
        writer.Write7BitEncodedInt(profile.Reported);
        writer.Write7BitEncodedInt(profile.Minute + 1);
        writer.Write(profile.Region.Province);
        writer.Write(profile.Region.City);
        writer.Write(profile.Region.County);
        writer.Write((byte)profile.Class);
        writer.Write(profile.Kind);
        writer.Write7BitEncodedInt(profile.Dead + 1);
        writer.Write7BitEncodedInt(profile.Injured + 1);
        writer.Write7BitEncodedInt(profile.Magnitude + 1);
        WriteKeys(writer, profile.Towns);
        WriteKeys(writer, profile.Provinces);
        WriteKeys(writer, profile.Numbers);
        WriteKeys(writer, [.. profile.Terms.Select(term => term.Key)]);
        foreach (var term in profile.Terms)
        {
            writer.Write(term.Rarity);
            writer.Write((byte)term.Marks);
        }

        writer.Flush();
        return stream.ToArray();
    }

    internal static ReportProfile Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()));
            var version = reader.ReadByte();
            return version == Version ? Read(reader) : throw new InvalidDataException($"A profile of version {version}; this program reads {Version}.");
        }
        catch (Exception damage) when (damage is EndOfStreamException or FormatException)
        {
            throw new InvalidDataException($"A profile is damaged: {damage.Message}", damage);
        }
    }

    private static ReportProfile Read(BinaryReader reader)
    {
        var (day, reported, minute) = (reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt() - 1);
        var region = new RegionChain(reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32());
        var (kind, named) = ((IncidentClass)reader.ReadByte(), reader.ReadUInt32());
        var (dead, injured, magnitude) = (reader.Read7BitEncodedInt() - 1, reader.Read7BitEncodedInt() - 1, reader.Read7BitEncodedInt() - 1);
        var towns = ReadKeys(reader, ReportProfile.MostTowns);
        var provinces = ReadKeys(reader, MostRegions);
        var numbers = ReadKeys(reader, ReportProfile.MostNumbers);
        var terms = ReadKeys(reader, ReportProfile.MostTerms);
        return new ReportProfile([.. terms.Select(key => new ProfileTerm(key, reader.ReadByte(), (TermMarks)reader.ReadByte()))], numbers)
        {
            Day = day,
            Reported = reported,
            Minute = (short)minute,
            Region = region,
            Towns = towns,
            Provinces = provinces,
            Class = kind,
            Kind = named,
            Dead = dead,
            Injured = injured,
            Magnitude = (short)magnitude,
        };
    }

    private static void WriteKeys(BinaryWriter writer, uint[] keys)
    {
        writer.Write7BitEncodedInt(keys.Length);
        var before = 0u;
        foreach (var key in keys)
        {
            writer.Write7BitEncodedInt((int)(key - before));
            before = key;
        }
    }

    private static uint[] ReadKeys(BinaryReader reader, int most)
    {
        var count = reader.Read7BitEncodedInt();
        if (count < 0 || count > most)
        {
            throw new InvalidDataException($"A profile with a list of {count} cannot be.");
        }

        var keys = new uint[count];
        var key = 0u;
        for (var i = 0; i < count; i++)
        {
            keys[i] = key += (uint)reader.Read7BitEncodedInt();
        }

        return keys;
    }
}
