using Jingwei.Server.Access;
using Jingwei.Server.Directory;

namespace Jingwei.Server.Devices;

/// <summary>Whose an MQTT session is, in a form that is kept on disk, and who that is now.</summary>
public sealed class SessionOwners(Things things, Credentials credentials, Authenticator authenticator, ServerOptions options)
{
    private const string Thing = "thing/";
    private const string Token = "token/";

    // Then a thing needs no secret to come in.
    private bool TakesCertificates => options.Mqtts?.ClientCa is not null;

    /// <summary>The kind and the id: a thing and a token of the same id are two.</summary>
    public static string NameOf(Caller caller) => caller.Kind == CallerKind.Thing ? NameOf(caller.Id) : Token + caller.Id;

    /// <summary>The name of a thing's sessions.</summary>
    public static string NameOf(string thing) => Thing + thing;

    /// <summary>The owner as he stands now; null when he may not come in any more.</summary>
    public Caller? Find(string name)
    {
        var id = name[Thing.Length..];
        return name.StartsWith(Token, StringComparison.Ordinal) ? authenticator.Renew(new(CallerKind.Token, id, "", []))
            : things.TryGet(id, out var thing) && (credentials.Has(id) || TakesCertificates) ? Authenticator.OfThing(thing.Id, thing.Name)
            : null;
    }
}
