using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Grains;
using Plumbline.Host.Tests.Api;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>Makes the things of a world: prompts, a model provider, traces, queues with their items, datasets, keys of the readers.</summary>
internal sealed class Setup(InProcessServer server, Cast cast, Plan plan, Watches watches, string modelsUrl)
{
    private HttpClient Owner => cast.Owner;

    public async Task<Site> MakeAsync(int side)
    {
        var name = $"w-{RandomId.New()}";
        var made = await Owner.DoAsync("createProject", new { organizationId = server.OrganizationId, name = "World", slug = name }, "project { id }");
        var site = new Site(plan, side, name, made.Text("project.id")) { Watches = watches };
        site.Know("prj", site.ProjectId);
        await MakeKeysAsync(site);
        await SavePromptsAsync(site);
        await AddProviderAsync(site);
        foreach (var sender in plan.Traces.ToLookup(t => SenderOf(t, side)))
        {
            using var sent = await site.Keys[sender.Key].PostAsJsonAsync("/v1/traces", PlannedSpans.Request(sender, side));
            sent.EnsureSuccessStatusCode();
        }
        foreach (var trace in plan.Traces)
        {
            site.Know($"trace {trace.Name}", site.Trace(trace));
            site.Know($"span {trace.Name}", site.Span(trace));
        }
        foreach (var queue in plan.Queues) await MakeQueueAsync(site, queue);
        foreach (var dataset in new[] { "all", "failures", "by hand" })
            site.Know(
                $"ds {dataset}", (await Owner.DoAsync(
                    "createDataset", new { projectId = site.ProjectId, name = dataset }, "dataset { id }")).Text("dataset.id"));
        return site;
    }

    /// <summary>Spans that arrive after the head has grown old have it sealed.</summary>
    public static async Task SendLatecomerAsync(Site site)
    {
        using var sent = await site.Keys["sender"].PostAsJsonAsync("/v1/traces", PlannedSpans.Latecomer());
        sent.EnsureSuccessStatusCode();
    }

    /// <summary>Which key sent a trace is a fact of it: the time of its last use may not tell it.</summary>
    private string SenderOf(PlannedTrace trace, int side) =>
        plan.Difference == Difference.Facts && side == 1 && trace.Sight == Sight.Hidden ? "other sender" : "sender";

    private async Task MakeKeysAsync(Site site)
    {
        await KeyAsync(site, Owner, "sender", "INGEST");
        await KeyAsync(site, Owner, "other sender", "INGEST");
        await KeyAsync(site, cast["DEVELOPER"], "key of a developer", "READ", "WRITE", "PLAYGROUND");
        await KeyAsync(site, cast["ADMIN"], "key of an admin", "READ", "WRITE", "ADMIN", "READ_REVIEWS");
        await KeyAsync(site, cast["OWNER"], "key of an owner", "READ", "READ_REVIEWS");
        await NobodysKeyAsync(site, "key of nobody");
    }

    /// <summary>A key of all scopes that no person made, as the unattended set-up makes one: it reads with the eyes of anybody.</summary>
    private async Task NobodysKeyAsync(Site site, string name)
    {
        var project = NodeId.ParseProject(site.ProjectId);
        using var scope = CallScope.For(project.ToString());
        var secret = $"pl_{RandomNumberGenerator.GetHexString(48, lowercase: true)}";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        var key = new NewApiKey(project, RandomId.New(), name, secret[..11], [.. Enum.GetValues<ApiKeyScope>()]) { CreatedById = "setup" };
        var made = await server.Services.GetRequiredService<IGrainFactory>().GetGrain<IProjectApiKeysGrain>(project.ToString()).CreateAsync(hash, key);
        site.Keys[name] = server.ScriptWith(secret);
        site.Know($"key {name}", made.Id);
    }

    private async Task KeyAsync(Site site, HttpClient maker, string name, params string[] scopes)
    {
        var key = await maker.DoAsync("createApiKey", new { projectId = site.ProjectId, name, scopes }, "secret apiKey { id }");
        site.Keys[name] = server.ScriptWith(key.Text("secret"));
        site.Know($"key {name}", key.Text("apiKey.id"));
    }

    private async Task AddProviderAsync(Site site)
    {
        var input = new { projectId = site.ProjectId, name = "House", kind = "OPENAI_COMPATIBLE", baseUrl = modelsUrl };
        site.Know("mp house", (await Owner.DoAsync("saveModelProvider", input, "provider { id }")).Text("provider.id"));
    }

    private async Task SavePromptsAsync(Site site)
    {
        foreach (var prompt in plan.Prompts)
        {
            foreach (var template in new[] { "Answer.", "Answer well." })
            {
                var content = new { messages = new[] { new { role = "SYSTEM", template = $"{prompt}: {template}" } } };
                var saved = await Owner.DoAsync(
                    "savePromptVersion", new { projectId = site.ProjectId, promptName = prompt, content }, "promptVersion { id number prompt { id } }");
                site.Know($"pv {prompt}@{saved.At("promptVersion.number").GetInt32()}", saved.Text("promptVersion.id"));
                site.Know($"prompt {prompt}", saved.Text("promptVersion.prompt.id"));
            }
        }
    }

    private async Task MakeQueueAsync(Site site, PlannedQueue queue)
    {
        string[] colleagues = [cast.IdOf("bob"), cast.IdOf("cat")];
        var (rules, all) = (queue.Rules, queue.IsOfReaders ? [.. colleagues, .. cast.ReaderIds] : colleagues);
        var made = await Owner.DoAsync(
            "createReviewQueue",
            new
            {
                projectId = site.ProjectId,
                name = queue.Name,
                instructions = "Is it true?",
                reasoningRequired = "NEVER",
                failureModes = new[] { new { key = "tone", label = "Tone" } },
                // A turn for everybody, so that whoever is to judge an output still is when the others have.
                reviewsPerItem = queue.IsOfReaders ? all.Length + 1 : 2,
                leaseMinutes = 600,
                reviewerIds = queue.IsOpen ? null : all,
                blinding = new { rules.HideModel, rules.HidePromptVersion, rules.HideMetrics, rules.HideIdentity, rules.Shuffle },
            },
            "queue { id }");
        var queueId = made.Text("queue.id");
        site.Know($"queue {queue.Name}", queueId);
        foreach (var trace in queue.Traces)
        {
            object? golden = queue.HasGolden && trace.Number % 2 == 0
                ? new { label = Acts.Label(site, trace, $"golden {queue.Name}"), reasoning = "Known." }
                : null;
            await Owner.DoAsync("addToReviewQueue", new { queueId, traceIds = new[] { site.Trace(trace) }, golden }, "added");
        }
    }
}
