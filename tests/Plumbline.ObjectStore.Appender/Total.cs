using Plumbline.ObjectStore.Journals;

namespace Plumbline.ObjectStore.Appender;

internal sealed record Added(long Number);

internal sealed class Total : IJournaledState<Added>
{
    public long Last { get; set; }

    public void Apply(Added happened) => Last = happened.Number;
}
