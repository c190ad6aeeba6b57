namespace Jingwei.Identifiers.Handle.Wire;

/// <summary>A version of the protocol. Envelope and header are the same in all of 2.x; digests, signatures and a few codes changed.</summary>
/// <param name="Major">2.</param>
/// <param name="Minor">1 to 11.</param>
public readonly record struct HandleVersion(byte Major, byte Minor) : IComparable<HandleVersion>
{
    /// <summary>The newest that Handle.Net 9 speaks, and ours.</summary>
    public static HandleVersion Newest { get; } = new(2, 11);

    /// <summary>The oldest that is understood: before it challenges and digests had another form.</summary>
    public static HandleVersion Oldest { get; } = new(2, 1);

    /// <summary>What a client says that does not know the server yet; its suggestion says what it can do.</summary>
    public static HandleVersion Compatible { get; } = new(2, 3);

    /// <summary>From 2.5 on 303 refers to the sites of a prefix; before it said that a server makes a backup.</summary>
    public bool HasPrefixReferral => this >= new HandleVersion(2, 5);

    /// <summary>From 2.7 on digests are SHA-256 and secret keys are proved by PBKDF2; before both are SHA-1.</summary>
    public bool HasSha256 => this >= new HandleVersion(2, 7);

    /// <summary>From 2.8 on a signature is over the suggested version as well.</summary>
    public bool SignsSuggestion => this >= new HandleVersion(2, 8);

    public static bool operator <(HandleVersion left, HandleVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(HandleVersion left, HandleVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(HandleVersion left, HandleVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(HandleVersion left, HandleVersion right) => left.CompareTo(right) >= 0;

    /// <summary>In which version to answer somebody who can do this one.</summary>
    public HandleVersion OrNewest() => this > Newest ? Newest : this;

    public int CompareTo(HandleVersion other) => ((Major << 8) | Minor) - ((other.Major << 8) | other.Minor);

    public override string ToString() => $"{Major}.{Minor}";
}
