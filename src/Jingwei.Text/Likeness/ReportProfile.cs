namespace Jingwei.Text.Likeness;

/// <summary>
/// What of a report likeness looks at: its rarest terms, when, where, what kind, how many. About a kilobyte; immutable.
/// </summary>
public sealed class ReportProfile
{
    /// <summary>Terms that a profile keeps at most: the rarest, those of the title first.</summary>
    internal const int MostTerms = 160;

    /// <summary>Numbers that a profile keeps at most.</summary>
    internal const int MostNumbers = 24;

    /// <summary>Towns that a profile keeps at most: those named first.</summary>
    internal const int MostTowns = 8;

    internal ReportProfile(ProfileTerm[] terms, uint[] numbers)
    {
        Terms = terms;
        Numbers = numbers;
        foreach (var term in terms)
        {
            var square = term.Nats * term.Nats;
            Squares += square;
            TitleSquares += term.InTitle ? square : 0;
            Names += term.NameWeight;
            TitleNames += term.InTitle ? term.NameWeight : 0;
        }
    }

    /// <summary>Terms, ascending by key.</summary>
    internal ProfileTerm[] Terms { get; }

    /// <summary>Hashes of numbers with what they count, ascending.</summary>
    internal uint[] Numbers { get; }

    /// <summary>Day of the incident, as a day number of <see cref="DateOnly"/>; 0 where none is known.</summary>
    internal int Day { get; init; }

    /// <summary>Day of the report; 0 where it is not known.</summary>
    internal int Reported { get; init; }

    /// <summary>Minute of the day at which it happened; -1 where none is named.</summary>
    internal short Minute { get; init; } = -1;

    /// <summary>Hashes of province or country, city and county; 0 where none is named.</summary>
    internal RegionChain Region { get; init; }

    /// <summary>Hashes of the names of towns, ascending.</summary>
    internal uint[] Towns { get; init; } = [];

    /// <summary>Hashes of all provinces and countries named, ascending.</summary>
    internal uint[] Provinces { get; init; } = [];

    /// <summary>Class of the incident.</summary>
    internal Fields.IncidentClass Class { get; init; }

    /// <summary>Hash of the kind; 0 where none could be told.</summary>
    internal uint Kind { get; init; }

    /// <summary>Deaths; -1 where they are not stated.</summary>
    internal int Dead { get; init; } = -1;

    /// <summary>Injured; -1 where they are not stated.</summary>
    internal int Injured { get; init; } = -1;

    /// <summary>Magnitude in hundredths; -1 where none is stated.</summary>
    internal short Magnitude { get; init; } = -1;

    /// <summary>Sum of the terms' squared rarities.</summary>
    internal float Squares { get; }

    /// <summary>The same of the title.</summary>
    internal float TitleSquares { get; }

    /// <summary>Sum of what the terms count as names.</summary>
    internal float Names { get; }

    /// <summary>The same of the title.</summary>
    internal float TitleNames { get; }

    /// <summary>The profile as bytes, to be kept; <see cref="Read"/> reads them again.</summary>
    public byte[] ToBytes() => ProfileBytes.Write(this);

    /// <summary>Reads a kept profile.</summary>
    /// <exception cref="InvalidDataException">The bytes are no profile, or of a version that this program does not read: make it anew from the report.</exception>
    public static ReportProfile Read(ReadOnlySpan<byte> bytes) => ProfileBytes.Read(bytes);
}

/// <summary>A term of a profile.</summary>
/// <param name="Key">Hash of the word or the pair of characters.</param>
/// <param name="Rarity">How rare it is, in eighths of a nat.</param>
/// <param name="Marks">Where it stands.</param>
internal readonly record struct ProfileTerm(uint Key, byte Rarity, TermMarks Marks)
{
    private const float CommonNats = 4;

    internal float Nats => Rarity / 8f;

    /// <summary>What it counts as a name, 0 where it is none: words that many texts have (路口, 门口) stand beside names, too.</summary>
    internal float NameWeight => IsName && Nats > CommonNats ? (Nats - CommonNats) * (Nats - CommonNats) : 0;

    internal bool InTitle => (Marks & TermMarks.Title) != 0;

    internal bool IsName => (Marks & TermMarks.Name) != 0;
}

/// <summary>What is known of a term of a profile.</summary>
[Flags]
internal enum TermMarks : byte
{
    None,

    /// <summary>It stands in the title.</summary>
    Title = 1,

    /// <summary>It stands in what may be the name of a place or of an organisation.</summary>
    Name = 2,

    /// <summary>It is a pair of characters, not a word of the lexicon.</summary>
    Pair = 4,
}

/// <summary>A region of a profile: hashes of its codes; 0 where none is known.</summary>
/// <param name="Province">Province or country.</param>
/// <param name="City">City.</param>
/// <param name="County">County.</param>
internal readonly record struct RegionChain(uint Province, uint City, uint County);
