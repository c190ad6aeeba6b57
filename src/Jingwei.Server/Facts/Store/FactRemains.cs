namespace Jingwei.Server.Facts.Store;

/// <summary>What is kept of a fact of which something was erased, so that its commitment can be computed as before.</summary>
/// <param name="HeadSalt">The salt of its head.</param>
/// <param name="Members">All members that the event had, in their order.</param>
/// <param name="EventId">The id that the event got where its own had to go, as a hash of what was erased; null where it kept it.</param>
internal sealed record FactRemains(byte[] HeadSalt, IReadOnlyList<MemberRemains> Members, string? EventId);

/// <summary>A member: its salt where it is still there, else its commitment.</summary>
internal sealed record MemberRemains(byte[]? Salt, byte[]? Commitment, ErasureMark? Erased);

/// <summary>That a member was erased.</summary>
/// <param name="Name">Its name in the event.</param>
/// <param name="At">Microseconds since 1970.</param>
/// <param name="Author">The number of who did.</param>
internal sealed record ErasureMark(string Name, long At, uint Author, string Reason);
