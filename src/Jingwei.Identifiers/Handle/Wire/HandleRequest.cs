namespace Jingwei.Identifiers.Handle.Wire;

/// <summary>What somebody asks for.</summary>
/// <param name="Operation">What is to be done.</param>
/// <param name="Handle">With which handle; empty where that does not matter.</param>
public abstract record HandleRequest(HandleOperation Operation, HandleName Handle)
{
    public MessageOptions Flags { get; init; }

    /// <summary>How many servers asked each other before.</summary>
    public byte RecursionCount { get; init; }

    /// <summary>Whether this changes something or tells what is not for everybody: it takes an administrator.</summary>
    public bool IsAdministrative => Operation is (>= HandleOperation.CreateHandle and <= HandleOperation.ListHandles) or (>= HandleOperation.HomePrefix and <= HandleOperation.ListHomedPrefixes);
}

/// <summary>Values of a handle: those with the indexes or of the types; all when neither is named (RFC 3652, 3.2.1).</summary>
public sealed record ResolutionRequest(HandleName Handle, IReadOnlyList<int> Indexes, IReadOnlyList<string> Types) : HandleRequest(HandleOperation.Resolution, Handle);

/// <summary>A request whose body is a handle alone: site information, delete, list, home, unhome, list of homed prefixes, the end of a session.</summary>
public sealed record PlainRequest(HandleOperation Operation, HandleName Handle) : HandleRequest(Operation, Handle);

/// <summary>A request with values: create, add, modify (RFC 3652, 3.4).</summary>
public sealed record ValuesRequest(HandleOperation Operation, HandleName Handle, IReadOnlyList<HandleValue> Values) : HandleRequest(Operation, Handle);

/// <summary>Values to be removed (RFC 3652, 3.4.2).</summary>
public sealed record RemoveValuesRequest(HandleName Handle, IReadOnlyList<int> Indexes) : HandleRequest(HandleOperation.RemoveValue, Handle);

/// <summary>The answer to a challenge (RFC 3652, 3.5.2).</summary>
/// <param name="AuthenticationType">`HS_PUBKEY` or `HS_SECKEY`.</param>
/// <param name="Key">Where the key is that it was made with.</param>
/// <param name="Proof">As the type has it.</param>
public sealed record ChallengeAnswerRequest(string AuthenticationType, HandleReference Key, ReadOnlyMemory<byte> Proof) : HandleRequest(HandleOperation.ChallengeResponse, Key.Handle);

/// <summary>Asks the server of a secret key whether a challenge was answered with it (RFC 3652, 3.5.3).</summary>
/// <param name="Key">Where the secret key is.</param>
/// <param name="Nonce">Of the challenge.</param>
/// <param name="Digest">Of the challenged request, without its name.</param>
/// <param name="Proof">The answer.</param>
public sealed record VerifyRequest(HandleReference Key, ReadOnlyMemory<byte> Nonce, ReadOnlyMemory<byte> Digest, ReadOnlyMemory<byte> Proof) : HandleRequest(HandleOperation.VerifyResponse, Key.Handle);
