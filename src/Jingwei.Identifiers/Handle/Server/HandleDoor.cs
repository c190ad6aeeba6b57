using Jingwei.Identifiers.Handle.Keys;
using Jingwei.Identifiers.Handle.Records;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Server;

/// <summary>
/// What a server asks its host. The library does wire, challenge and proof; which handles there are and who may what is the host's.
/// An exception ends the server and comes out of <see cref="HandleServer.Completion"/>.
/// </summary>
public abstract class HandleDoor
{
    /// <summary>The site that this server belongs to, for <see cref="HandleOperation.GetSiteInfo"/>; null refuses that with 5.</summary>
    public virtual HandleSite? Site => null;

    /// <summary>
    /// Finds the values of a handle. Called on all receive loops at once for every resolution: must not wait, should not allocate.
    /// All values of the handle go into the answer; it leaves out those that were not asked for or may not be read.
    /// </summary>
    /// <returns>False to be asked again by <see cref="ResolveAsync"/>; what was added before is forgotten.</returns>
    public abstract bool Resolve(scoped in ResolutionQuery query, scoped ref ResolutionAnswer answer);

    /// <summary>Resolves what takes waiting, or an administrator who may read more.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="identity">Who asks; null for anybody. Values that only administrators read are left out for him.</param>
    public virtual ValueTask<HandleResponse> ResolveAsync(ResolutionRequest request, HandleIdentity? identity, CancellationToken cancellation) =>
        new(HandleResponse.Failed(HandleResponseCode.HandleNotFound));

    /// <summary>Creates, changes, lists. Whoever asks has proved that he is who he says; whether he may is decided here: 400 and 401.</summary>
    public virtual ValueTask<HandleResponse> AdministerAsync(HandleRequest request, HandleIdentity identity, CancellationToken cancellation) =>
        new(HandleResponse.Failed(HandleResponseCode.OperationDenied));

    /// <summary>The keys by which somebody proves who he is: the value at the index, or for index 0 all values of the type.</summary>
    /// <param name="key">Which key he names.</param>
    /// <param name="type">HS_PUBKEY or HS_SECKEY.</param>
    public virtual ValueTask<IReadOnlyList<HandleValue>> FindKeysAsync(HandleReference key, string type, CancellationToken cancellation) => new([]);

    /// <summary>Whether a challenge was answered with a secret key. A host may ask the server that has it; by default it is among <see cref="FindKeysAsync"/>.</summary>
    public virtual async ValueTask<bool> VerifySecretAsync(VerifyRequest request, CancellationToken cancellation) =>
        (await FindKeysAsync(request.Key, HandleTypes.SecretKey, cancellation)).Any(value =>
            HandleTypes.IsOrBelow(value.Type, HandleTypes.SecretKey)
            && (request.Key.Index == 0 || request.Key.Index == value.Index)
            && SecretKeyProof.Verify(value.Data.Span, request.Nonce.Span, request.Digest.Span, request.Proof.Span));
}

/// <summary>Somebody who has proved that he has a key.</summary>
/// <param name="Key">Which one; its index is never 0.</param>
/// <param name="AuthenticationType">HS_PUBKEY or HS_SECKEY.</param>
public sealed record HandleIdentity(HandleReference Key, string AuthenticationType);
