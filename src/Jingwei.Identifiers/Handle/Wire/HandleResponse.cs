using Jingwei.Identifiers.Handle.Records;

namespace Jingwei.Identifiers.Handle.Wire;

/// <summary>How a request ended, and what came of it. Which parts there are goes by <see cref="Code"/> and the operation.</summary>
/// <param name="Code">How it ended.</param>
public sealed record HandleResponse(HandleResponseCode Code)
{
    /// <summary>The handle that was resolved, or created; of a referral the handle whose sites know more, and it may be empty.</summary>
    public HandleName Handle { get; init; }

    /// <summary>What a handle says, or the sites that a referral leads to.</summary>
    public IReadOnlyList<HandleValue> Values { get; init; } = [];

    /// <summary>A list of handles or homed prefixes.</summary>
    public IReadOnlyList<HandleName> Handles { get; init; } = [];

    /// <summary>The answer to <see cref="HandleOperation.GetSiteInfo"/>.</summary>
    public HandleSite? Site { get; init; }

    /// <summary>Why it failed, for people.</summary>
    public string Message { get; init; } = "";

    /// <summary>What is to be signed with <see cref="Digest"/>: of <see cref="HandleResponseCode.AuthenticationNeeded"/>.</summary>
    public ReadOnlyMemory<byte> Nonce { get; init; }

    /// <summary>Whether a challenge was answered with the secret key: of <see cref="HandleOperation.VerifyResponse"/>.</summary>
    public bool IsVerified { get; init; }

    /// <summary>The request's digest behind the byte that names its algorithm; empty when the answer has none.</summary>
    public ReadOnlyMemory<byte> Digest { get; init; }

    public MessageOptions Flags { get; init; }

    public bool IsSuccess => Code == HandleResponseCode.Success;

    public static HandleResponse Done { get; } = new(HandleResponseCode.Success);

    public static HandleResponse Failed(HandleResponseCode code, string message = "") => new(code) { Message = message };
}
