using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Kernel.Ids;

/// <summary>Finds spans by the ids that callers name them with, where the project is known.</summary>
internal static class SpanFinder
{
    /// <summary>Reads the API's id of a span, or finds the span of the id that SDKs print, 16 hexadecimal digits.</summary>
    /// <param name="traces">The project's traces.</param>
    /// <param name="project">Where to look.</param>
    /// <param name="id">What the caller sent.</param>
    /// <param name="blinded">What the caller may not know of: a plain id finds nothing there.</param>
    /// <exception cref="RequestFailedException">NOT_FOUND: it is none of this project's. BAD_USER_INPUT: several spans have it.</exception>
    public static async ValueTask<SpanReference> FindAsync(
        ITraceReader traces, ProjectKey project, string id, BlindedSet blinded, CancellationToken cancellationToken)
    {
        if (!TraceStore.SpanId.TryParse(id, out var plain)) return SpanKey.Parse(id).In(project).Reference;
        var query = new SpanPageQuery { Where = new SpanFilter { SpanIds = [plain.ToString()] }, Hidden = blinded.BlindedTraceIds.ToArray(), First = 2 };
        var found = (await traces.SpansAsync(project, query, cancellationToken)).Items;
        if (found.Length > 1) throw Failure.BadInput($"Several spans have the id {id}. Name the one you mean by the id that the API gives it.");
        return found.Length == 1 ? new SpanReference(found[0].TraceId, found[0].SpanId) : throw Failure.NotFound();
    }
}
