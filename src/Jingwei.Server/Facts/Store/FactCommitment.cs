using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Jingwei.Server.Facts.Store;

/// <summary>
/// What the ledger keeps of a fact: a hash over a commitment to each member of its event, so that members can be shown, or erased, and the others
/// still prove.
/// </summary>
/// <remarks>
/// Integers are big-endian, the first two bytes of what is hashed are the version and a domain.
/// <code>
/// salts 4i to 4i+3 = the quarters of SHA-512( 01 || 21 || salt (16) || uint32 i ); the first of all is that of the head, then come the members'
/// member           = SHA-256( 01 || 22 || salt of member || uint32 length of name || name || value )
/// commitment       = SHA-256( 01 || 20 || salt of the head || head || members in their order )
/// </code>
/// Names and values are the bytes of the stored JSON; a name without its quotes. Each salt can be shown without the others and without the one that
/// they come from.
/// </remarks>
internal static class FactCommitment
{
    public const int Bytes = SHA256.HashSizeInBytes;
    public const int SaltBytes = FactRecord.SaltBytes;

    private const byte Version = 1;
    private const byte FactDomain = 0x20;
    private const byte SaltDomain = 0x21;
    private const byte MemberDomain = 0x22;
    private const int DomainBytes = 2;
    private const int LengthBytes = sizeof(uint);

    // Salts of a hash.
    private const int Together = SHA512.HashSizeInBytes / SaltBytes;

    // Bytes of what is hashed on the stack: a member of most events.
    private const int Small = 512;

    /// <summary>Commits to a fact.</summary>
    /// <param name="text">Gets what is hashed; whatever it has is overwritten.</param>
    public static void Of(ArrayBufferWriter<byte> text, in FactRecord record, Span<byte> commitment)
    {
        text.ResetWrittenCount();
        if (record.Remains() is { } remains)
        {
            Start(text, remains.HeadSalt, record.Head);
            Append(text, record, remains);
        }
        else
        {
            Append(text, record);
        }

        SHA256.HashData(text.WrittenSpan, commitment);
    }

    /// <summary>Commits to a member.</summary>
    public static void OfMember(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, Span<byte> commitment)
    {
        var length = DomainBytes + SaltBytes + LengthBytes + name.Length + value.Length;
        var rented = length > Small ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> text = rented is null ? stackalloc byte[Small] : rented;
        (text[0], text[1]) = (Version, MemberDomain);
        salt.CopyTo(text[DomainBytes..]);
        BinaryPrimitives.WriteUInt32BigEndian(text[(DomainBytes + SaltBytes)..], (uint)name.Length);
        var rest = text[(DomainBytes + SaltBytes + LengthBytes)..];
        name.CopyTo(rest);
        value.CopyTo(rest[name.Length..]);
        SHA256.HashData(text[..length], commitment);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>The salt of what is beside the members, of a record of which nothing was erased.</summary>
    public static byte[] SaltOfHead(in FactRecord record) => SaltAt(record, 0);

    /// <summary>The salt of a member of a record of which nothing was erased.</summary>
    public static byte[] SaltOfMember(in FactRecord record, int place) => SaltAt(record, place + 1);

    private static byte[] SaltAt(in FactRecord record, int at)
    {
        Span<byte> salts = stackalloc byte[SHA512.HashSizeInBytes];
        WriteSalts(record.Salt, at / Together, salts);
        return salts.Slice(at % Together * SaltBytes, SaltBytes).ToArray();
    }

    private static void WriteSalts(ReadOnlySpan<byte> salt, int number, Span<byte> salts)
    {
        Span<byte> text = stackalloc byte[DomainBytes + SaltBytes + sizeof(uint)];
        (text[0], text[1]) = (Version, SaltDomain);
        salt.CopyTo(text[DomainBytes..]);
        BinaryPrimitives.WriteInt32BigEndian(text[(DomainBytes + SaltBytes)..], number);
        SHA512.HashData(text, salts);
    }

    private static void Start(ArrayBufferWriter<byte> text, ReadOnlySpan<byte> saltOfHead, ReadOnlySpan<byte> head)
    {
        text.Write([Version, FactDomain]);
        text.Write(saltOfHead);
        text.Write(head);
    }

    private static void Append(ArrayBufferWriter<byte> text, in FactRecord record)
    {
        Span<byte> salts = stackalloc byte[SHA512.HashSizeInBytes];
        Span<byte> commitment = stackalloc byte[Bytes];
        WriteSalts(record.Salt, 0, salts);
        Start(text, salts[..SaltBytes], record.Head);
        var members = new FactMembers(record.Event);
        for (var at = 1; members.Next(); at++)
        {
            if (at % Together == 0)
            {
                WriteSalts(record.Salt, at / Together, salts);
            }

            OfMember(salts.Slice(at % Together * SaltBytes, SaltBytes), members.Name, members.Value, commitment);
            text.Write(commitment);
        }
    }

    private static void Append(ArrayBufferWriter<byte> text, in FactRecord record, FactRemains remains)
    {
        Span<byte> commitment = stackalloc byte[Bytes];
        var members = new FactMembers(record.Event);
        foreach (var member in remains.Members)
        {
            if (member.Commitment is { } kept)
            {
                text.Write(kept);
                continue;
            }

            // A member that is not there, or one too many, makes another commitment: the record was altered.
            if (members.Next())
            {
                OfMember(member.Salt, members.Name, members.Value, commitment);
                text.Write(commitment);
            }
        }

        if (members.Next())
        {
            text.Write(members.Value);
        }
    }
}
