using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Projects;
using Plumbline.Contracts.Samples;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Inputs;
using Plumbline.Features.Kernel.Payloads;
using Plumbline.Features.Samples.Content;
using Plumbline.GraphQL;

namespace Plumbline.Features.Samples.Api;

[ResolversFor("Mutation")]
internal sealed class SampleMutation(
    IAccessControl access, IProjectDirectory projects, ITraceReader traces, SampleSender sender, SampleQueue queue, SampleDataset dataset)
{
    /// <summary>Fills a project with prompts, a day of traces, a review queue and a dataset. Goes on where an earlier call was stopped; one
    /// that is filled stays as it is.</summary>
    public async Task<ProjectPayload> LoadSampleProject(IdInput input, Caller caller, CancellationToken cancellationToken)
    {
        var key = NodeId.ParseProject(input.Id);
        var scope = await access.RequireAsync(caller, key, Permission.ManageProject, cancellationToken);
        var sample = scope.Grain<ISampleGrain>();
        var attempt = RandomId.New();
        var complete = false;
        try
        {
            if (await sample.BeginAsync(attempt) is { } load) await LoadAsync(scope, load, caller, cancellationToken);
            complete = true;
        }
        finally
        {
            await sample.EndAsync(attempt, complete);
        }
        return new ProjectPayload(await projects.FindAsync(key, cancellationToken) ?? throw Failure.NotFound());
    }

    private async Task LoadAsync(ProjectScope scope, SampleLoad load, Caller caller, CancellationToken cancellationToken)
    {
        var project = scope.Project;
        await SamplePrompts.SaveAsync(scope, caller.ActorId);
        var day = new SampleTraces(load.BeganAt).All().ToList();
        await sender.SendAsync(scope, caller.ActorId, await MissingAsync(project, day, cancellationToken), cancellationToken);
        var answers = day.Where(t => t.Answer is not null).ToDictionary(t => t.Number, t => t.Answer!.Value);
        await queue.FillAsync(scope, load, caller, answers, cancellationToken);
        await dataset.FillAsync(scope, load, caller.ActorId, cancellationToken);
    }

    /// <summary>A request is stored whole or not at all, so a trace that is there need not be sent again.</summary>
    private async Task<List<byte[]>> MissingAsync(ProjectKey project, List<SampleTrace> day, CancellationToken cancellationToken)
    {
        var missing = new List<byte[]>();
        foreach (var trace in day)
        {
            if (await traces.FindTraceAsync(project, trace.TraceId, cancellationToken) is null) missing.Add(trace.Request);
        }
        return missing;
    }
}
