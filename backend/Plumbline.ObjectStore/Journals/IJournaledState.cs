namespace Plumbline.ObjectStore.Journals;

/// <summary>State that is nothing but the sum of its events. It is also the snapshot, so System.Text.Json must bring it back as it was.</summary>
public interface IJournaledState<in TEvent>
{
    /// <summary>Takes in an event that has happened. May not fail, may not look at a clock or at anything but the state.</summary>
    void Apply(TEvent happened);
}
