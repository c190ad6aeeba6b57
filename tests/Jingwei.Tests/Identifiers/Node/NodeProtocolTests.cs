using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Client;
using Jingwei.Identifiers.Handle.Keys;
using Jingwei.Identifiers.Handle.Records;
using Jingwei.Identifiers.Handle.Wire;
using Jingwei.Server.Identifiers;
using Jingwei.Server.Identifiers.Node;

namespace Jingwei.Tests.Identifiers.Node;

/// <summary>The node over the Handle protocol, asked by the library's client, which is itself tried against Handle.Net's server.</summary>
public sealed class NodeProtocolTests : IAsyncLifetime
{
    private static readonly HandleName PrefixHandle = HandleName.Parse("0.NA/88.118.1");

    private readonly RSA key = RSA.Create(2048);
    private readonly HandleClient client = new(new(), TimeProvider.System);
    private NodeWorld world = null!;

    private HandleSigner Owner => HandleSigner.WithPrivateKey(new(PrefixHandle, 300), key);

    public async ValueTask InitializeAsync()
    {
        world = await NodeWorld.StartAsync(Options([]));
        await world.RegisterAsync("engineer", "", PrefixRow(AdminPermissions.All));
    }

    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        key.Dispose();
    }

    [Fact]
    public async Task Anybody_gets_what_is_for_everybody_and_learns_of_nothing_else()
    {
        await world.RegisterAsync(
            "engineer", "",
            """{"handle":"88.118.1/a","values":[{"type":"URL","data":"u"},{"type":"LOT","data":"l","read":"owner"}]}""",
            """{"handle":"88.118.1/hidden","values":[{"type":"LOT","data":"l","read":"owner"}]}""");
        Assert.Equal("URL=u", Said(await ResolveAsync("88.118.1/a")));
        Assert.Equal("URL=u", Said(await ResolveAsync("88.118.1/a", "URL")));
        Assert.Equal(HandleResponseCode.ValuesNotFound, (await ResolveAsync("88.118.1/a", "LOT")).Code);
        Assert.Equal(HandleResponseCode.HandleNotFound, (await ResolveAsync("88.118.1/hidden")).Code);
        Assert.Equal(HandleResponseCode.HandleNotFound, (await ResolveAsync("88.118.1/hidden", "LOT")).Code);
        Assert.Equal(HandleResponseCode.HandleNotFound, (await ResolveAsync("88.118.1/nowhere")).Code);
        Assert.Equal(HandleResponseCode.ServerNotResponsible, (await ResolveAsync("99.1/a")).Code);
    }

    [Fact]
    public async Task Who_has_the_prefixs_key_makes_changes_lists_and_deletes()
    {
        Assert.Equal(HandleResponseCode.Success, (await AskAsync(HandleOperation.CreateHandle, "88.118.1/w", HandleValue.OfText(1, "URL", "1"))).Code);
        Assert.Equal(HandleResponseCode.HandleAlreadyExists, (await AskAsync(HandleOperation.CreateHandle, "88.118.1/w", HandleValue.OfText(1, "URL", "1"))).Code);
        Assert.Equal(HandleResponseCode.Success, (await AskAsync(HandleOperation.AddValue, "88.118.1/w", HandleValue.OfText(2, "EMAIL", "e"))).Code);
        Assert.Equal(HandleResponseCode.ValueAlreadyExists, (await AskAsync(HandleOperation.AddValue, "88.118.1/w", HandleValue.OfText(2, "EMAIL", "e"))).Code);
        Assert.Equal(HandleResponseCode.Success, (await AskAsync(HandleOperation.ModifyValue, "88.118.1/w", HandleValue.OfText(1, "URL", "2"))).Code);
        Assert.Equal(HandleResponseCode.ValuesNotFound, (await AskAsync(HandleOperation.ModifyValue, "88.118.1/w", HandleValue.OfText(9, "URL", "2"))).Code);
        Assert.Equal("EMAIL=e URL=2", Said(await ResolveAsync("88.118.1/w")));
        Assert.Equal(HandleResponseCode.Success, (await AskAsync(new RemoveValuesRequest(HandleName.Parse("88.118.1/w"), [2]))).Code);
        Assert.Equal("URL=2", Said(await ResolveAsync("88.118.1/w")));

        var list = await AskAsync(new PlainRequest(HandleOperation.ListHandles, PrefixHandle));
        Assert.Equal(["88.118.1/w"], list.Handles.Select(handle => handle.ToString()));
        Assert.Equal(HandleResponseCode.Success, (await AskAsync(new PlainRequest(HandleOperation.DeleteHandle, HandleName.Parse("88.118.1/w")))).Code);
        Assert.Equal(HandleResponseCode.HandleNotFound, (await ResolveAsync("88.118.1/w")).Code);
        Assert.Contains("handle/300:0.NA/88.118.1", (await world.GetAsync("admin", "/api/audit?limit=50")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_over_the_wire_leaves_who_may_read_what_as_it_was()
    {
        const string Template = """{"party":"plant","name":{"zh":"板","en":"Board"},"fields":[{"type":"LOT","name":{"zh":"批","en":"Lot"},"format":"text","required":true}]}""";
        await world.SendAsync("engineer", HttpMethod.Put, "/api/identifier-templates/board", Template);
        await world.RegisterAsync("engineer", "", """{"handle":"88.118.1/a","template":"board","values":[{"index":1,"type":"LOT","data":"l","read":{"parties":["plan"]}}]}""");
        Assert.Equal(HandleResponseCode.Success, (await AskAsync(HandleOperation.AddValue, "88.118.1/a", HandleValue.OfText(2, "URL", "u"))).Code);
        Assert.Equal("LOT URL", await world.ResolveAsync("outsider", "88.118.1/a"));
        Assert.Equal("URL", await world.ResolveAsync(null, "88.118.1/a"));
        Assert.Equal("board", (string?)JsonNode.Parse((await world.GetAsync("engineer", "/api/identifiers/88.118.1/a")).Text)!["template"]);
    }

    [Fact]
    public async Task Each_permission_is_needed_for_what_it_permits()
    {
        await world.RegisterAsync("engineer", "?mode=put", PrefixRow(AdminPermissions.AddHandle | AdminPermissions.AddValue));
        Assert.Equal(HandleResponseCode.Success, (await AskAsync(HandleOperation.CreateHandle, "88.118.1/a", HandleValue.OfText(1, "URL", "1"))).Code);
        Assert.Equal(HandleResponseCode.Success, (await AskAsync(HandleOperation.AddValue, "88.118.1/a", HandleValue.OfText(2, "URL", "1"))).Code);
        var overwriting = new ValuesRequest(HandleOperation.CreateHandle, HandleName.Parse("88.118.1/a"), [HandleValue.OfText(1, "URL", "x")]) { Flags = MessageOptions.Overwrite };
        Assert.Equal(HandleResponseCode.InsufficientPermissions, (await AskAsync(overwriting)).Code);
        Assert.Equal(HandleResponseCode.InsufficientPermissions, (await AskAsync(HandleOperation.ModifyValue, "88.118.1/a", HandleValue.OfText(1, "URL", "x"))).Code);
        Assert.Equal(HandleResponseCode.InsufficientPermissions, (await AskAsync(new PlainRequest(HandleOperation.DeleteHandle, HandleName.Parse("88.118.1/a")))).Code);
        Assert.Equal(HandleResponseCode.InsufficientPermissions, (await AskAsync(new PlainRequest(HandleOperation.ListHandles, PrefixHandle))).Code);
        var admin = new HandleValue { Index = 100, Type = HandleTypes.Admin, Data = new HandleAdmin(new(PrefixHandle, 300), AdminPermissions.All).ToBytes() };
        Assert.Equal(HandleResponseCode.InsufficientPermissions, (await AskAsync(HandleOperation.AddValue, "88.118.1/a", admin)).Code);

        // Another prefix is another's.
        await world.PostAsync("admin", "/api/prefixes", """{"prefix":"88.118.2","party":"plan"}""");
        Assert.Equal(HandleResponseCode.InvalidAdmin, (await AskAsync(HandleOperation.CreateHandle, "88.118.2/a", HandleValue.OfText(1, "URL", "1"))).Code);
    }

    [Fact]
    public async Task A_wrong_key_is_nobodys()
    {
        using var other = RSA.Create(2048);
        var request = new ValuesRequest(HandleOperation.CreateHandle, HandleName.Parse("88.118.1/a"), [HandleValue.OfText(1, "URL", "1")]);
        Assert.Equal(HandleResponseCode.AuthenticationFailed, (await client.AskAsync(Address(world), request, HandleSigner.WithPrivateKey(new(PrefixHandle, 300), other))).Code);
        Assert.Equal(HandleResponseCode.HandleNotFound, (await ResolveAsync("88.118.1/a")).Code);
    }

    [Fact]
    public async Task Another_node_finds_an_identifier_by_its_roots_and_through_a_delegation()
    {
        await world.RegisterAsync("engineer", "", """{"handle":"88.118.1/a","values":[{"type":"URL","data":"u"}]}""");
        var there = new IPEndPoint(IPAddress.Loopback, world.Get<NodeListener>().Address!.Port);
        await using var other = await NodeWorld.StartAsync(Options([there]), "77.1");
        Assert.Equal("URL", await other.ResolveAsync(null, "88.118.1/a"));
        Assert.Equal("100", await other.ResolveAsync(null, "88.118.1/none"));

        // It was delegated to the node there, which has it under a prefix of its own, too.
        await other.PostAsync("admin", "/api/prefixes", """{"prefix":"88.118.1","party":"plant"}""");
        var set = await other.SendAsync("admin", HttpMethod.Put, "/api/prefixes/88.118.1", $$$"""{"delegation":{"host":"127.0.0.1","port":{{{there.Port}}}}}""");
        Assert.Equal(HttpStatusCode.OK, set.Status);
        Assert.Equal("URL", await other.ResolveAsync(null, "88.118.1/a"));
        var referral = await client.AskAsync(Address(other), new ResolutionRequest(HandleName.Parse("88.118.1/a"), [], []));
        Assert.Equal(HandleResponseCode.ServiceReferral, referral.Code);
        Assert.True(HandleSite.TryRead(Assert.Single(referral.Values).Data.Span, out var site, out _));
        Assert.Equal(there.Port, site!.Servers[0].Interfaces[0].Port);
    }

    private static IdentifierOptions Options(IPEndPoint[] roots) => new() { PublicValues = true, Node = new(new(IPAddress.Loopback, 0), null, [.. roots]) };

    private static HandleServerAddress Address(NodeWorld node) => node.Get<NodeListener>().Address is var at ? new(IPAddress.Loopback, at!.Port, at.Port) : null!;

    private static string Said(HandleResponse response) => string.Join(' ', response.Values.Select(value => $"{value.Type}={value.Text}").Order(StringComparer.Ordinal));

    // The prefix's own handle, as its party registers it by HTTP: a key, and what it permits.
    private string PrefixRow(AdminPermissions permissions)
    {
        JsonObject Value(HandleValue value)
        {
            using var stream = new MemoryStream();
            using (var json = new System.Text.Json.Utf8JsonWriter(stream))
            {
                Jingwei.Identifiers.Handle.Json.HandleJsonWriter.Write(json, value);
            }

            var node = JsonNode.Parse(stream.ToArray())!;
            return new() { ["index"] = value.Index, ["type"] = value.Type, ["data"] = node["data"]!.DeepClone() };
        }

        return new JsonObject
        {
            ["handle"] = PrefixHandle.ToString(),
            ["values"] = new JsonArray(
                Value(new() { Index = 300, Type = HandleTypes.PublicKey, Data = HandlePublicKey.FromRsa(key).ToBytes() }),
                Value(new() { Index = 100, Type = HandleTypes.Admin, Data = new HandleAdmin(new(PrefixHandle, 300), permissions).ToBytes() })),
        }.ToJsonString();
    }

    private ValueTask<HandleResponse> ResolveAsync(string handle, params string[] types) =>
        client.AskAsync(Address(world), new ResolutionRequest(HandleName.Parse(handle), [], types) { Flags = MessageOptions.PublicOnly });

    private ValueTask<HandleResponse> AskAsync(HandleOperation operation, string handle, HandleValue value) =>
        AskAsync(new ValuesRequest(operation, HandleName.Parse(handle), [value]));

    private ValueTask<HandleResponse> AskAsync(HandleRequest request) => client.AskAsync(Address(world), request, Owner);
}
