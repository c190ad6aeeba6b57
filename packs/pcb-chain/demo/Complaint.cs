using System.Text.Json.Nodes;
using Jingwei.Demo.PcbChain.Simulation;

namespace Jingwei.Demo.PcbChain;

/// <summary>The customer whose assemblies fail complains; what follows is for who watches to do.</summary>
internal sealed class Complaint(People people, Journal journal)
{
    public async Task OpenAsync(Chain chain, CancellationToken stop)
    {
        var customer = Story.Customer;
        var story = Story.Of(chain.Seed, chain.Begin);
        var failed = story.Failed;
        var goods = story.Offspring.Count(each => !Keys.IsCrate(each));
        journal.Write($"{customer.Id}: {failed.Count} assemblies failed, among them {failed[0]}; {goods} panels, boards and assemblies are of the same lot");
        var quality = await people.OfAsync(customer.Quality, stop);
        if ((await quality.GetAsync("api/cases?type=recall&limit=1", stop))["items"]!.AsArray().Count > 0)
        {
            return;
        }

        await quality.PostAsync(
            "api/cases",
            new JsonObject
            {
                ["type"] = "recall",
                ["party"] = customer.Id,
                ["region"] = customer.City,
                ["title"] = "控制板组件热循环后分层起泡（模拟）",
                ["severity"] = "orange",
                ["fields"] = new JsonObject { ["object"] = failed[0], ["defect"] = "delamination", ["affected"] = failed.Count },
            },
            stop);
    }
}
