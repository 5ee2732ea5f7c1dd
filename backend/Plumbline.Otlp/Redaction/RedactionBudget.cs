namespace Plumbline.Otlp.Redaction;

/// <summary>The time that rules may take over the texts of one request, from now on.</summary>
/// <param name="most">The time. The work runs on one thread without waiting, so that it is a core's time unless the machine is overloaded.</param>
/// <param name="clock">The clock.</param>
public sealed class RedactionBudget(TimeSpan most, TimeProvider clock)
{
    private readonly long _began = clock.GetTimestamp();

    /// <summary>Throws when the time is over.</summary>
    /// <exception cref="RedactionTooLongException">It is.</exception>
    public void Require()
    {
        if (clock.GetElapsedTime(_began) > most) throw new RedactionTooLongException(most);
    }
}

/// <summary>The rules take too long for what they were to be applied to: nothing of it may be stored.</summary>
public sealed class RedactionTooLongException(TimeSpan most) : Exception(
    $"The redaction rules of this project take more than {most.TotalSeconds:0.#} s over this request. Send smaller batches, or make the rules "
        + "fewer or simpler.");
