using Microsoft.Extensions.Options;
using Plumbline.Contracts;

namespace Plumbline.Features.Traces.Ingestion;

/// <summary>The places of requests that are being stored, shared among projects: one may hold up to twice as many as are free, so however
/// much one sends, another that begins finds room. Alone it gets two thirds of them, with a second two fifths.</summary>
/// <remarks>Dynamic thresholds: Choudhury and Hahne, https://doi.org/10.1109/90.664262.</remarks>
internal sealed class IngestPlaces(IOptions<TracesOptions> options)
{
    private const int TimesTheFree = 2;

    private readonly Dictionary<ProjectKey, int> _held = [];
    private readonly Lock _turn = new();
    private int _all;

    /// <summary>Takes a place, to be left with <see cref="Leave"/>.</summary>
    /// <returns>Whether there was one for the project.</returns>
    public bool TryEnter(ProjectKey project)
    {
        lock (_turn)
        {
            var held = _held.GetValueOrDefault(project);
            if (held >= TimesTheFree * (options.Value.MaxConcurrentRequests - _all)) return false;
            (_held[project], _all) = (held + 1, _all + 1);
            return true;
        }
    }

    public void Leave(ProjectKey project)
    {
        lock (_turn)
        {
            _all--;
            if (_held[project] == 1) _held.Remove(project);
            else _held[project]--;
        }
    }
}
