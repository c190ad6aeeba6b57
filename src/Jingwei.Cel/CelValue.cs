using System.Net;
using System.Runtime.CompilerServices;
using Jingwei.Cel.Library;

namespace Jingwei.Cel;

/// <summary>
/// A CEL value: a tagged union of 24 bytes. Numbers, booleans, times and references to strings are held without allocation.
/// Equality is CEL's: numbers of different types are equal when they are the same number.
/// </summary>
public readonly struct CelValue : IEquatable<CelValue>
{
    private readonly object? _reference;
    private readonly long _bits;
    private readonly int _nanos;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private CelValue(CelKind kind, object? reference, long bits = 0, int nanos = 0)
    {
        Kind = kind;
        _reference = reference;
        _bits = bits;
        _nanos = nanos;
    }

    /// <summary>Null.</summary>
    public static CelValue Null => new(CelKind.Null, null);
    public static CelValue True => Of(true);
    public static CelValue False => Of(false);

    public CelKind Kind { get; }

    public bool IsError => Kind == CelKind.Error;

    /// <summary>Whether this is the boolean true; the quick question of a rule.</summary>
    public bool IsTrue => Kind == CelKind.Bool && _bits != 0;

    /// <summary>Whether this is the boolean false.</summary>
    public bool IsFalse => Kind == CelKind.Bool && _bits == 0;

    // The accessors below assume the matching kind; they are checked where a caller may err.
    internal long Bits => _bits;
    internal int Nanos => _nanos;
    internal double RawDouble => BitConverter.Int64BitsToDouble(_bits);
    internal object? Reference => _reference;
    internal string Text => Unsafe.As<string>(_reference!);
    internal CelError ErrorOrNone => (CelError)_reference!;

    public static CelValue Of(bool value) => new(CelKind.Bool, null, value ? 1 : 0);
    public static CelValue Of(long value) => new(CelKind.Int, null, value);
    public static CelValue Of(ulong value) => new(CelKind.Uint, null, unchecked((long)value));
    public static CelValue Of(double value) => new(CelKind.Double, null, BitConverter.DoubleToInt64Bits(value));
    public static CelValue Of(string value) => new(CelKind.String, value);
    /// <summary>Bytes; the array must not change afterwards.</summary>
    public static CelValue Of(byte[] value) => new(CelKind.Bytes, value);
    public static CelValue Of(CelList value) => new(CelKind.List, value);
    public static CelValue Of(CelMap value) => new(CelKind.Map, value);
    public static CelValue Of(CelObject value) => new(CelKind.Object, value);
    public static CelValue Of(CelOptional value) => new(CelKind.Optional, value);
    /// <summary>An IP address; one that maps IPv4 into IPv6 is the IPv4 address.</summary>
    public static CelValue Of(IPAddress value) => new(CelKind.Address, value.IsIPv4MappedToIPv6 ? value.MapToIPv4() : value);
    public static CelValue Of(CelNetwork value) => new(CelKind.Network, value);
    public static CelValue Of(CelType value) => new(CelKind.Type, value);
    public static CelValue Of(CelError error) => new(CelKind.Error, error);
    public static CelValue Of(DateTimeOffset value) =>
        TimestampFromMicroseconds((value.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
    public static CelValue Of(TimeSpan value) =>
        Duration(value.Ticks / TimeSpan.TicksPerSecond, (int)(value.Ticks % TimeSpan.TicksPerSecond) * 100);

    /// <summary>A list of the given values.</summary>
    public static CelValue ListOf(params ReadOnlySpan<CelValue> values) => Of(new CelList(values.ToArray()));

    /// <summary>An instant, in microseconds since 1970-01-01 UTC; an error value outside the years 1 to 9999.</summary>
    public static CelValue TimestampFromMicroseconds(long microseconds)
    {
        var (seconds, rest) = Math.DivRem(microseconds, 1_000_000);
        return Timestamp(seconds, (int)rest * 1_000);
    }

    /// <summary>An instant: seconds since 1970-01-01 UTC and nanoseconds; an error value outside the years 1 to 9999.</summary>
    public static CelValue Timestamp(long seconds, int nanoseconds)
    {
        if (nanoseconds < 0)
        {
            seconds--;
            nanoseconds += 1_000_000_000;
        }

        return seconds is < Times.MinTimestamp or > Times.MaxTimestamp
            ? Error(CelErrorCode.Range, "timestamp out of range: the years are 1 to 9999")
            : new(CelKind.Timestamp, null, seconds, nanoseconds);
    }

    /// <summary>A length of time; both parts have one sign; an error value beyond +-10,000 years.</summary>
    public static CelValue Duration(long seconds, int nanoseconds) =>
        seconds is < -Times.MaxDuration or > Times.MaxDuration
            ? Error(CelErrorCode.Range, "duration out of range: at most 315576000000 s either way")
            : new(CelKind.Duration, null, seconds, nanoseconds);

    /// <summary>An error value.</summary>
    public static CelValue Error(CelErrorCode code, string message) => Of(new CelError(code, message));

    public static implicit operator CelValue(bool value) => Of(value);
    public static implicit operator CelValue(long value) => Of(value);
    public static implicit operator CelValue(double value) => Of(value);
    public static implicit operator CelValue(string value) => Of(value);

    /// <exception cref="InvalidOperationException">The value is of another kind (so for all that follow).</exception>
    public bool AsBool() => Expect(CelKind.Bool)._bits != 0;
    public long AsInt() => Expect(CelKind.Int)._bits;
    public ulong AsUint() => unchecked((ulong)Expect(CelKind.Uint)._bits);
    public double AsDouble() => Expect(CelKind.Double).RawDouble;
    public string AsString() => Expect(CelKind.String).Text;
    public ReadOnlyMemory<byte> AsBytes() => (byte[])Expect(CelKind.Bytes)._reference!;
    public CelList AsList() => (CelList)Expect(CelKind.List)._reference!;
    public CelMap AsMap() => (CelMap)Expect(CelKind.Map)._reference!;
    public CelObject AsObject() => (CelObject)Expect(CelKind.Object)._reference!;
    public CelOptional AsOptional() => (CelOptional)Expect(CelKind.Optional)._reference!;
    public IPAddress AsAddress() => (IPAddress)Expect(CelKind.Address)._reference!;
    public CelNetwork AsNetwork() => (CelNetwork)Expect(CelKind.Network)._reference!;
    public CelType AsType() => (CelType)Expect(CelKind.Type)._reference!;
    public CelError AsError() => (CelError)Expect(CelKind.Error)._reference!;
    /// <summary>Seconds since 1970-01-01 UTC, and nanoseconds from 0 to 999,999,999.</summary>
    public (long Seconds, int Nanoseconds) AsTimestamp() => (Expect(CelKind.Timestamp)._bits, _nanos);
    /// <summary>Seconds and nanoseconds of one sign.</summary>
    public (long Seconds, int Nanoseconds) AsDuration() => (Expect(CelKind.Duration)._bits, _nanos);

    public bool Equals(CelValue other)
    {
        var meter = Planning.Meter.Unlimited;
        return Equality.AreEqual(this, other, ref meter);
    }

    public override bool Equals(object? obj) => obj is CelValue other && Equals(other);
    public static bool operator ==(CelValue left, CelValue right) => left.Equals(right);
    public static bool operator !=(CelValue left, CelValue right) => !left.Equals(right);
    public override int GetHashCode() => Equality.Hash(this);

    /// <summary>For logs and explanations: the value as CEL would write it.</summary>
    public override string ToString() => Rendering.Render(this);

    private CelValue Expect(CelKind kind) =>
        Kind == kind ? this : throw new InvalidOperationException($"The value is {Kind}, not {kind}: {this}");
}
