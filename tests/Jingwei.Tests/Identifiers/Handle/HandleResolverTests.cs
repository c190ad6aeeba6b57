using System.Net;
using System.Net.Sockets;
using Jingwei.Identifiers.Handle;
using Jingwei.Identifiers.Handle.Client;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Tests.Identifiers.Handle;

/// <summary>From the root over prefixes, services and referrals to a handle (RFC 3650, 4; RFC 3652, 3.1).</summary>
public sealed class HandleResolverTests : IAsyncLifetime
{
    private static readonly HandleValue Url = HandleValue.OfText(1, HandleTypes.Url, "http://a/");
    private static readonly HandleName X = HandleName.Parse("88.1/x");

    private readonly TestServer root = new();
    private readonly TestServer node = new();
    private readonly TestServer other = new();

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        await root.DisposeAsync();
        await node.DisposeAsync();
        await other.DisposeAsync();
    }

    [Fact]
    public async Task A_prefix_names_the_site_of_its_handles()
    {
        root.Door.Put("0.NA/88.1", node.SiteValue());
        node.Door.Put("88.1/x", Url);
        Assert.Equal([Url], (await Resolver().ResolveAsync(X)).Values);
        Assert.Equal([HandleTypes.Site, "HS_SITE.6", HandleTypes.Serv], Assert.IsType<ResolutionRequest>(Assert.Single(root.Door.Asked)).Types);
    }

    [Fact]
    public async Task A_prefix_names_a_service_and_that_names_the_site()
    {
        root.Door.Put("0.NA/88.1", HandleValue.OfText(1, HandleTypes.Serv, "88.9/service"));
        root.Door.Put("0.NA/88.9", other.SiteValue());
        other.Door.Put("88.9/service", node.SiteValue());
        node.Door.Put("88.1/x", Url);
        Assert.Equal([Url], (await Resolver().ResolveAsync(X)).Values);
    }

    [Fact]
    public async Task A_server_refers_to_the_sites_that_know_more()
    {
        root.Door.Put("0.NA/88.1", node.SiteValue());
        node.Door.Answer("88.1/x", new(HandleResponseCode.ServiceReferral) { Values = [other.SiteValue()] });
        other.Door.Put("88.1/x", Url);
        Assert.Equal([Url], (await Resolver().ResolveAsync(X)).Values);
        Assert.Equal(1, Assert.Single(other.Door.Asked).RecursionCount);
    }

    [Fact]
    public async Task A_referral_may_name_a_handle_instead()
    {
        root.Door.Put("0.NA/88.1", node.SiteValue());
        root.Door.Put("0.NA/88.9", node.SiteValue());
        node.Door.Answer("88.1/x", new(HandleResponseCode.ServiceReferral) { Handle = HandleName.Parse("88.9/service") });
        node.Door.Put("88.9/service", other.SiteValue());
        other.Door.Put("88.1/x", Url);
        Assert.Equal([Url], (await Resolver().ResolveAsync(X)).Values);
    }

    [Fact]
    public async Task The_root_refers_to_who_registers_derived_prefixes()
    {
        root.Door.Answer("0.NA/88.1", new(HandleResponseCode.PrefixReferral) { Values = [other.SiteValue(HandleTypes.SitePrefix)] });
        other.Door.Put("0.NA/88.1", node.SiteValue());
        node.Door.Put("88.1/x", Url);
        Assert.Equal([Url], (await Resolver().ResolveAsync(X)).Values);
    }

    [Fact]
    public async Task Two_servers_that_refer_to_each_other_are_left_after_the_limit()
    {
        root.Door.Put("0.NA/88.1", node.SiteValue());
        node.Door.Answer("88.1/x", new(HandleResponseCode.ServiceReferral) { Values = [other.SiteValue()] });
        other.Door.Answer("88.1/x", new(HandleResponseCode.ServiceReferral) { Values = [node.SiteValue()] });
        var error = await Assert.ThrowsAsync<HandleException>(async () => await Resolver(new() { Referrals = 5 }).ResolveAsync(X));
        Assert.Equal("88.1/x leads over more than 5 sites and services.", error.Message);
        Assert.Equal(4, node.Door.Asked.Count + other.Door.Asked.Count);
    }

    [Fact]
    public async Task A_service_that_leads_back_to_itself_is_told()
    {
        root.Door.Put("0.NA/88.1", HandleValue.OfText(1, HandleTypes.Serv, "88.1/service"));
        var error = await Assert.ThrowsAsync<HandleException>(async () => await Resolver().ResolveAsync(X));
        Assert.Equal("0.NA/88.1 leads back to itself.", error.Message);
    }

    [Fact]
    public async Task Where_the_first_site_is_silent_the_next_is_asked()
    {
        var silent = new TestServer();
        root.Door.Put("0.NA/88.1", silent.SiteValue(), node.SiteValue() with { Index = 2 });
        await silent.DisposeAsync();
        node.Door.Put("88.1/x", Url);
        Assert.Equal([Url], (await Resolver().ResolveAsync(X)).Values);
    }

    [Fact]
    public async Task What_a_node_refuses_is_no_exception()
    {
        root.Door.Put("0.NA/88.1", node.SiteValue());
        Assert.Equal(HandleResponseCode.HandleNotFound, (await Resolver().ResolveAsync(X)).Code);
        Assert.StartsWith("0.NA/88.7 names no sites: HandleNotFound", (await Assert.ThrowsAsync<HandleException>(async () => await Resolver().ResolveAsync(HandleName.Parse("88.7/x")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handle_is_changed_at_its_primary_site()
    {
        var mirror = other.Site with { IsPrimary = false };
        root.Door.Put("0.NA/88.1", other.SiteValue() with { Data = mirror.ToBytes() }, node.SiteValue() with { Index = 2 });
        var response = await Resolver().AskAsync(new PlainRequest(HandleOperation.DeleteHandle, X), TestDoor.Signer);
        Assert.Equal((HandleResponseCode.Success, 1, 0), (response.Code, node.Door.Done.Count, other.Door.Done.Count));
    }

    [Fact]
    public async Task An_address_that_may_not_be_asked_is_not_asked()
    {
        root.Door.Put("0.NA/88.1", node.SiteValue());
        var options = new HandleClientOptions { MayAsk = address => !IPAddress.IsLoopback(address) };
        await Assert.ThrowsAsync<HandleException>(async () => await Resolver(options).ResolveAsync(X));
        Assert.Empty(root.Door.Asked);
    }

    [Fact]
    public async Task A_large_request_and_answer_go_by_udp_in_parts()
    {
        node.Door.Put("88.1/x", HandleValue.OfText(1, "DESC", new('x', 5000)));
        var types = Enumerable.Range(0, 100).Select(each => $"TYPE-{each}").Append("DESC").ToList();
        var response = await new HandleClient(new(), TimeProvider.System).ResolveAsync(node.Address with { Tcp = null }, X, types);
        Assert.Equal(5000, Assert.Single(response.Values).Data.Length);
        Assert.True(node.Server.Counters.Datagrams > 2);
    }

    [Fact]
    public async Task An_answer_to_another_request_is_not_believed()
    {
        using var liar = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        liar.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var asking = new HandleClient(new() { UdpTries = [TimeSpan.FromSeconds(10)] }, TimeProvider.System).ResolveAsync(new(IPAddress.Loopback, ((IPEndPoint)liar.LocalEndPoint!).Port, null), X).AsTask();
        var datagram = new byte[512];
        var received = await liar.ReceiveFromAsync(datagram, new IPEndPoint(IPAddress.Any, 0));
        // The server got a request for another handle; its answer is sound and its digest is of what it got.
        datagram[received.ReceivedBytes - 1 - 4 - 8] = (byte)'y';
        node.Door.Put("88.1/y", Url);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(node.Server.Udp!);
        await socket.SendAsync(datagram.AsMemory(0, received.ReceivedBytes));
        var length = await socket.ReceiveAsync(datagram);
        await liar.SendToAsync(datagram.AsMemory(0, length), received.RemoteEndPoint);
        Assert.Equal("The answer is to another request than the one that was sent.", (await Assert.ThrowsAsync<HandleException>(() => asking)).Message);
    }

    private HandleResolver Resolver(HandleClientOptions? options = null)
    {
        options ??= new() { UdpTries = [TimeSpan.FromSeconds(5)] };
        return new(new(options, TimeProvider.System), [root.Site], options);
    }
}
