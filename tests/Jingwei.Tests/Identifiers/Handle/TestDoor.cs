using System.Collections.Concurrent;
using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Keys;
using Jingwei.Identifiers.Handle.Server;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Tests.Identifiers.Handle;

/// <summary>Says what a test has put into it; whoever proves that he has the secret may do everything.</summary>
internal sealed class TestDoor : HandleDoor
{
    public static readonly HandleReference Admin = new(HandleName.Parse("0.NA/88.1"), 301);

    private readonly ConcurrentDictionary<HandleName, HandleResponse> answers = new(HandleComparer.CaseInsensitive);

    public static HandleSigner Signer => HandleSigner.WithSecret(Admin, "secret"u8.ToArray());

    /// <summary>What was administered.</summary>
    public ConcurrentQueue<HandleRequest> Done { get; } = new();

    /// <summary>What was asked for.</summary>
    public ConcurrentQueue<HandleRequest> Asked { get; } = new();

    public Exception? Failure { get; set; }

    public void Put(string handle, params HandleValue[] values) => Answer(handle, HandleResponse.Done with { Values = values });

    public void Answer(string handle, HandleResponse response) => answers[HandleName.Parse(handle)] = response;

    public override bool Resolve(scoped in ResolutionQuery query, scoped ref ResolutionAnswer answer) => Failure is null ? false : throw Failure;

    public override ValueTask<HandleResponse> ResolveAsync(ResolutionRequest request, HandleIdentity? identity, CancellationToken cancellation)
    {
        Asked.Enqueue(request);
        return new(answers.GetValueOrDefault(request.Handle) ?? HandleResponse.Failed(HandleResponseCode.HandleNotFound));
    }

    public override ValueTask<HandleResponse> AdministerAsync(HandleRequest request, HandleIdentity identity, CancellationToken cancellation)
    {
        Done.Enqueue(request);
        return new(HandleResponse.Done);
    }

    public override ValueTask<IReadOnlyList<HandleValue>> FindKeysAsync(HandleReference key, string type, CancellationToken cancellation) =>
        new(key == Admin ? [HandleValue.OfText(301, HandleTypes.SecretKey, "secret")] : []);
}
