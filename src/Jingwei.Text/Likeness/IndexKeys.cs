using Jingwei.Text.Lexicons;

namespace Jingwei.Text.Likeness;

/// <summary>The keys that a profile is found by: its rare terms, and its day together with its kind or its place.</summary>
internal static class IndexKeys
{
    /// <summary>Terms that more reports than one in fifty have find too many to be of use: 4 nats, in eighths.</summary>
    internal const byte LeastRarity = 32;

    private const float OfDayAndKind = 20;
    private const float OfDayAndPlace = 30;

    /// <summary>Fills in the keys that a profile is kept under, and what each is worth.</summary>
    internal static void OfKept(ReportProfile profile, List<(ulong Key, float Worth)> keys)
    {
        keys.Clear();
        foreach (var term in profile.Terms)
        {
            if (term.Rarity >= LeastRarity)
            {
                keys.Add((term.Key, term.Nats * term.Nats));
            }
        }

        AddDay(profile, profile.Day, keys);
    }

    /// <summary>Fills in the keys that are looked up for a profile: those of the days around its own, too.</summary>
    internal static void OfSought(ReportProfile profile, List<(ulong Key, float Worth)> keys)
    {
        OfKept(profile, keys);
        AddDay(profile, profile.Day - 1, keys);
        AddDay(profile, profile.Day + 1, keys);
    }

    private static void AddDay(ReportProfile profile, int day, List<(ulong Key, float Worth)> keys)
    {
        if (profile.Day == 0)
        {
            return;
        }

        Add(profile.Kind, OfDayAndKind);
        Add(profile.Region.Province, OfDayAndPlace / 2);
        Add(profile.Region.City, OfDayAndPlace);

        // Above the 32 bits of terms.
        void Add(uint of, float worth)
        {
            if (of != 0)
            {
                keys.Add((((ulong)WordHash.Finish(((ulong)of << 24) ^ (uint)day) << 1) | (1UL << 40), worth));
            }
        }
    }
}
