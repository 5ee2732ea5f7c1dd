using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Playground;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Playground.Api;

/// <summary>The one way to a run: for those who may run prompts, and not while they are still to judge its output, since a run names its
/// model, version, times and cost.</summary>
internal sealed class RunGate(IAccessControl access, IBlinding blinding)
{
    public ValueTask<ProjectScope> EnterAsync(ProjectKey project, Caller caller, CancellationToken cancellationToken) =>
        access.RequireAsync(caller, project, Permission.RunPlayground, cancellationToken);

    /// <summary>Whether the caller is blinded to the run's trace.</summary>
    public async ValueTask<bool> HidesAsync(PlaygroundRunView run, ProjectScope scope, CancellationToken cancellationToken) =>
        run.TraceId is not null && (await blinding.ForAsync(scope, cancellationToken)).HiddenTraceIds.Contains(run.TraceId);

    /// <summary>Whether the caller is still to judge the run's output, be it that nothing is hidden of it but what others say.</summary>
    public async ValueTask<bool> BlindsAsync(PlaygroundRunView run, ProjectScope scope, CancellationToken cancellationToken) =>
        run.TraceId is not null && (await blinding.ForAsync(scope, cancellationToken)).BlindedTraceIds.Contains(run.TraceId);

    /// <summary>Passes a run that the caller may see.</summary>
    /// <exception cref="RequestFailedException">BLINDED: they are still to judge its output.</exception>
    public async ValueTask<PlaygroundRunView> ShowAsync(PlaygroundRunView run, ProjectScope scope, CancellationToken cancellationToken) =>
        await HidesAsync(run, scope, cancellationToken)
            ? throw new RequestFailedException(FailureCode.Blinded, "You are still to review the output of this run, so it is hidden until you have.")
            : run;
}
