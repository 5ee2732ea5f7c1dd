using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Comments;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Comments.Api;

/// <summary>Checks callers before anything of a trace's comments is read or written. A comment can give away what others think of an
/// output, so whoever may still be asked to judge it gets none.</summary>
internal sealed class CommentGate(IAccessControl access, IBlinding blinding)
{
    public async ValueTask<(ITraceCommentsGrain Comments, ProjectScope Scope)> RequireAsync(
        Caller caller, ProjectKey project, string traceId, CancellationToken cancellationToken)
    {
        var scope = await access.RequireAsync(caller, project, Permission.ReadTraces, cancellationToken);
        scope.RequireReviewReader();
        var blinded = await blinding.ForAsync(scope, cancellationToken);
        return blinded.BlindedTraceIds.Contains(traceId) ? throw Blinded() : (scope.Comments(traceId), scope);
    }

    public static RequestFailedException Blinded() =>
        new(FailureCode.Blinded, "You may still be asked to review an output of this trace, so what others said about it is hidden until you have.");

    public static string RequirePerson(Caller caller) =>
        caller.UserId ?? throw Failure.Forbidden("Comments are written by people. Sign in; an API key cannot comment.");
}
