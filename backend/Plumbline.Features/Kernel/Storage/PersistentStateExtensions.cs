using Orleans.Storage;
using Plumbline.Contracts;

namespace Plumbline.Features.Kernel.Storage;

/// <summary>Writing grain state so that memory and disk agree.</summary>
internal static class PersistentStateExtensions
{
    /// <summary>Makes <paramref name="next"/> the state and writes it. When the write fails the state is what it was: states are immutable records.</summary>
    public static async Task SaveAsync<T>(this IPersistentState<T> state, T next) where T : class
    {
        var before = state.State;
        state.State = next;
        try
        {
            await state.WriteStateAsync();
        }
        catch (Exception failure)
        {
            state.State = before;
            // What another owner wrote first is worded where the call ends: the grain is let go there.
            if (failure is not InconsistentStateException && Failure.In(failure) is { } refused) throw refused;
            throw;
        }
    }
}
