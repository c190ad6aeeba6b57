using System.Net;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Identifiers;
using Jingwei.Server.Identifiers.Prefixes;
using Jingwei.Tests.Access;

namespace Jingwei.Tests.Cases;

/// <summary>A request for a sharing agreement is a case of the party that is asked, and ends with it.</summary>
public sealed class AgreementCasesTests : IAsyncLifetime
{
    private AccessWorld world = null!;
    private AgreementCases cases = null!;

    public async ValueTask InitializeAsync()
    {
        world = await AccessWorld.StartAsync(new IdentifierOptions());
        world.AddUser("boss", Role.Administrator, "plant");
        world.Get<Prefixes>().Add("88.777.1", "plant", null, PrefixState.Active, "admin");
        cases = world.Make<AgreementCases>();
    }

    public async ValueTask DisposeAsync()
    {
        cases.Dispose();
        await world.DisposeAsync();
    }

    [Theory]
    [InlineData("accept", "boss", "granted")]
    [InlineData("decline", "boss", "refused")]
    [InlineData("withdraw", "outsider", "refused")]
    public async Task It_is_opened_where_it_is_asked_and_ends_as_it_was_answered(string step, string user, string state)
    {
        await cases.StartAsync(AccessWorld.Cancellation);
        var asked = await AskAsync();
        var opened = await CaseAsync(asked);
        Assert.Equal(("plant", "asked", "audit of last"), ((string)opened["party"]!, (string)opened["state"]!, (string)opened["fields"]!["purpose"]!));
        Assert.Equal(HttpStatusCode.NotFound, (await world.GetAsync(world.Session("outsider"), $"/api/cases/{opened["id"]}")).Status);

        await world.PostAsync(world.Session(user), $"/api/agreements/{asked}/{step}", """{"reason":"so it is"}""");
        await Eventually(async () => (string)(await world.GetAsync(world.Session("boss"), $"/api/cases/{opened["id"]}")).Json["state"]! == state);
        await cases.StopAsync(AccessWorld.Cancellation);
    }

    [Fact]
    public async Task What_a_stop_left_undone_is_done_at_the_next_start_and_once()
    {
        var asked = await AskAsync();
        await cases.StartAsync(AccessWorld.Cancellation);
        var opened = await CaseAsync(asked);
        await cases.StopAsync(AccessWorld.Cancellation);
        await world.PostAsync(world.Session("boss"), $"/api/agreements/{asked}/accept");

        using var again = world.Make<AgreementCases>();
        await again.StartAsync(AccessWorld.Cancellation);
        await Eventually(async () => (string)(await world.GetAsync(world.Session("boss"), $"/api/cases/{opened["id"]}")).Json["state"]! == "granted");
        await again.StopAsync(AccessWorld.Cancellation);
        Assert.Single((await world.GetAsync(world.Session("boss"), "/api/cases?type=sharing-request")).Ids);
    }

    private async Task<string> AskAsync()
    {
        var answer = await world.PostAsync(
            world.Session("outsider"), "/api/agreements", """{"from":"plant","to":"plan","fields":["ilmd"],"purpose":"audit of last year's deliveries","until":"2027-01-01T00:00:00Z"}""");
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        return (string)answer.Json["id"]!;
    }

    private async Task<System.Text.Json.Nodes.JsonNode> CaseAsync(string agreement)
    {
        string? id = null;
        await Eventually(async () => (id = (string?)(await world.GetAsync(world.Session("boss"), $"/api/agreements/{agreement}")).Json["case"]) is not null);
        return (await world.GetAsync(world.Session("boss"), $"/api/cases/{id}")).Json;
    }

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var tries = 0; !await holds(); tries++)
        {
            Assert.True(tries < 500, "It did not come to hold.");
            await Task.Delay(20, AccessWorld.Cancellation);
        }
    }
}
