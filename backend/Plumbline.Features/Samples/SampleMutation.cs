using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Projects;
using Plumbline.GraphQL;

namespace Plumbline.Features.Samples;

internal sealed record SamplePayload(ProjectView Project);

[ResolversFor("Mutation")]
internal sealed class SampleMutation(IAccessControl access, IProjectDirectory projects, SamplePrompts prompts, SampleSender sender, TimeProvider clock)
{
    /// <summary>Fills a project with prompts and a day of traces.</summary>
    public async Task<SamplePayload> LoadSampleProject(IdInput input, Caller caller, CancellationToken cancellationToken)
    {
        var key = NodeId.ParseProject(input.Id);
        await access.RequireAsync(caller, key, Permission.ManageProject, cancellationToken);
        await prompts.SaveAsync(key, caller.ActorId);
        await sender.SendAsync(key, caller.ActorId, new SampleTraces(clock.GetUtcNow()).Requests(), cancellationToken);
        return new SamplePayload(await projects.FindAsync(key, cancellationToken) ?? throw Failure.NotFound());
    }
}
