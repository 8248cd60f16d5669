package io.github.proxmoxzfs.pve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.proxmoxzfs.domain.NodeEntry;
import io.github.proxmoxzfs.domain.NodeEntry.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodesReaderTest {
  private final List<String> oddities = new ArrayList<>();

  @Test
  void nodesAreReadByNameWithTheClustersViewOfThem() throws Exception {
    assertThat(
            read(
                """
                {"node":"pve3","status":"unknown"},{"node":"PVE-2","status":"offline"},{"node":"pve1","status":"online"}"""))
        .containsExactly(
            new NodeEntry("PVE-2", Status.OFFLINE),
            new NodeEntry("pve1", Status.ONLINE),
            new NodeEntry("pve3", Status.UNKNOWN));
    assertThat(oddities).isEmpty();
  }

  @Test
  void aStatusThatWeDoNotKnowIsAsked() throws Exception {
    assertThat(read("{\"node\":\"pve1\",\"status\":\"sleeping\"},{\"node\":\"pve2\"}"))
        .containsExactly(
            new NodeEntry("pve1", Status.UNKNOWN), new NodeEntry("pve2", Status.UNKNOWN));
  }

  @Test
  void anOddRowDoesNotCostTheOthers() throws Exception {
    assertThat(
            read(
                "{\"node\":\"pve1\"},{\"status\":\"online\"},{\"node\":\"../x\"},{\"node\":null},"
                    + "{\"node\":\"a\\nb\"},7,{\"node\":\"pve1\",\"status\":\"offline\"}"))
        .containsExactly(new NodeEntry("pve1", Status.UNKNOWN));
    assertThat(oddities).hasSize(5);
  }

  @Test
  void noNodesAtAllIsAnAnswer() throws Exception {
    assertThat(read("")).isEmpty();
  }

  @Test
  void whatIsNoListOfNodesIsMalformed() {
    assertThatThrownBy(() -> read("{}")).hasMessage("no row names a node");
    assertThatThrownBy(() -> NodesReader.read(new JsonValue.JsonText("x"), oddities::add))
        .hasMessage("its data is a text, not a list of nodes");
  }

  private List<NodeEntry> read(String rows) throws MalformedException {
    JsonValue data =
        JsonTree.read(("{\"data\":[" + rows + "]}").getBytes(StandardCharsets.UTF_8)).get("data");
    return NodesReader.read(data, oddities::add).stream().map(NodeRow::entry).toList();
  }
}
